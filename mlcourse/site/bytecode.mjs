// node bytecode.mjs CORE PLACE PACKAGES: start the Pyodide in CORE with the packages in PLACE, and have bytecode.py,
// beside this file, put the bytecode of what lessons import into the archives in PLACE.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [core, place, packages] = process.argv.slice(2);
try {
  const { loadPyodide } = await import(pathToFileURL(join(core, "pyodide.mjs")));
  const pyodide = await loadPyodide({
    indexURL: core,
    lockFileURL: join(place, "pyodide-lock.json"),
    packageBaseUrl: place,
    packages: packages.split(","),
    stdout: () => {},
  });
  pyodide.mountNodeFS("/archives", place);
  await pyodide.runPythonAsync(readFileSync(join(import.meta.dirname, "bytecode.py"), "utf-8"));
  pyodide.runPython('compile_archives(Path("/archives"))');
} catch (error) {
  console.error(String(error.message ?? error).trim().split("\n").at(-1)); // of a traceback what it is about
  process.exit(1);
}

"""What honest people do to the program that runs their notebook; these need one that may be lost."""

from textwrap import dedent


def _with(lesson, *sources, last=()):
    """The filled notebook with cells of one's own above the exercises, and at the end."""
    notebook = lesson.filled()
    notebook["cells"][1:1] = [lesson.code(source) for source in sources]
    notebook["cells"] += [lesson.code(source) for source in last]
    return notebook


def exit_at_the_end(lesson):
    return _with(lesson, last=("exit()",))


def exit_in_the_middle(lesson):
    return _with(lesson, "import sys\n\nif not sys.argv:\n    print('odd')\nexit()", "quit", "sys.exit(0)")


def input_left_in(lesson):
    return _with(lesson, "name = input('Your name? ')\nprint(name)", "import getpass\n\ngetpass.getpass()")


def animation_without_end(lesson):
    moving = (
        "import time\nfrom IPython.display import clear_output\n\nwhile True:\n    clear_output(wait=True)"
    )
    return _with(lesson, f"{moving}\n    print(time.time())\n    time.sleep(0.05)")


def loop_that_catches_everything(lesson):
    return _with(
        lesson,
        "import time\n\nn = 0\nwhile n < 3:\n    try:\n        time.sleep(60)\n    except:\n        n += 1",
    )


def very_long_output(lesson):
    return _with(lesson, "for i in range(3_000_000):\n    print('step', i)", "'x' * 5_000_000")


def interrupted_on_a_slow_machine(lesson):
    slow = dedent("""\
    import time

    kernel = get_ipython().kernel
    send, handlers = kernel.session.send, kernel.control_handlers
    interrupt = handlers["interrupt_request"]


    def late(stream, kind, *rest, **more):
        if kind == "execute_reply":
            kernel.session.send = send
            time.sleep(0.8)
        return send(stream, kind, *rest, **more)


    async def later(*message):
        time.sleep(0.7)
        return await interrupt(*message)


    def stop_late():
        kernel.session.send = send
        handlers["interrupt_request"] = later
    """)
    replies_late = "kernel.session.send = late\nwhile True:\n    print('step' * 100)"
    stops_late = "stop_late()\nwhile True:\n    print('step' * 100)"
    notebook = _with(lesson, slow, replies_late, stops_late, "time.sleep(1)\nwhole = True")
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] = "assert whole\n" + cell["source"]
    return notebook


def warnings_are_errors(lesson):
    return _with(
        lesson,
        "import warnings\n\nimport numpy as np\n\nwarnings.simplefilter('error')\nnp.seterr(all='raise')",
    )


def settings_of_their_own(lesson):
    source = "import random, sys, gc, os\nimport numpy as np\n\nnp.random.seed(0)\nrandom.seed(0)\n"
    source += (
        "np.set_printoptions(precision=2, suppress=True)\nsys.setrecursionlimit(100_000)\ngc.disable()\n"
    )
    return _with(lesson, source + "os.environ['OMP_NUM_THREADS'] = '8'\nos.chdir('/tmp')")


def output_sent_to_a_file(lesson):
    return _with(lesson, "import sys\n\nsys.stdout = open('log.txt', 'w')\nsys.stderr = sys.stdout")


def logs_of_everything(lesson):
    source = "import logging\n\nlogging.basicConfig(level=logging.DEBUG, force=True)\nlogging.debug('here')"
    return _with(lesson, source)


def a_profile_and_a_trace(lesson):
    source = (
        "import sys\n\n\ndef tracer(frame, event, argument):\n    return tracer\n\n\nsys.settrace(tracer)"
    )
    return _with(
        lesson, source, "%prun sum(range(1000))", "%timeit -n1 -r1 sum(range(1000))", "%pdb on", "1 / 0"
    )


def threads_and_processes(lesson):
    pool = "from concurrent.futures import ThreadPoolExecutor\n\nwith ThreadPoolExecutor(4) as pool:\n"
    pool += "    print(list(pool.map(abs, [-1, -2])))"
    return _with(
        lesson, pool, "import subprocess\n\nsubprocess.run(['python', '-c', 'print(1)'])", "%%bash\necho hi"
    )


def backends_that_are_not_there(lesson):
    notebook = _with(lesson, "import matplotlib\n\nmatplotlib.use('TkAgg')", "%matplotlib widget")
    given = next(cell for cell in notebook["cells"] if "from mlcourse import" in cell["source"])
    helper = "%matplotlib qt\n%load_ext lab_black\n\n\ndef kept(function):\n    return function"
    given["source"] = f"{helper}\n\n\n{given['source']}"
    for cell in notebook["cells"]:
        if lesson.is_answer(cell):
            cell["source"] = "%matplotlib notebook\n" + cell["source"].replace("def ", "@kept\ndef ", 1)
    return notebook


def memory_in_plenty(lesson):
    return _with(
        lesson, "import numpy as np\n\nlarge = np.zeros((20_000, 20_000))\nlarge[:100] = 1\ndel large"
    )


def packages_installed_on_top(lesson):
    return _with(lesson, "!pip install -q seaborn", "%pip install numba", "%conda install numpy")

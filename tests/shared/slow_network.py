"""A proxy on the loopback address that holds everything back, as a network of some length does."""

import asyncio
import contextlib
import threading


class SlowNetwork:
    """A way to a local server that takes time in both directions.

    Parameters
    ----------
    port : int
        Where the server listens.
    seconds : float
        There and back.

    Attributes
    ----------
    port : int
        Where the proxy listens.
    seconds : float
        May be changed at any time.
    """

    def __init__(self, port, seconds=0.0):
        self._server_port, self.seconds = port, seconds
        self._ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait(10)

    async def _serve(self):
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await server.serve_forever()

    async def _connect(self, reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        await asyncio.gather(self._pipe(reader, far_writer), self._pipe(far_reader, writer))

    async def _pipe(self, reader, writer):
        loop = asyncio.get_running_loop()
        on_its_way = asyncio.Queue()

        async def deliver():
            while True:
                due, data = await on_its_way.get()
                await asyncio.sleep(due - loop.time())
                if not data:
                    break
                writer.write(data)
                await writer.drain()
            writer.close()

        delivery = asyncio.create_task(deliver())
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                on_its_way.put_nowait((loop.time() + self.seconds / 2, data))
        on_its_way.put_nowait((loop.time() + self.seconds / 2, b""))
        with contextlib.suppress(OSError):
            await delivery

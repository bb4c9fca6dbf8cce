"""Send messages of every wrong form, signed as they should be."""

kernel = get_ipython().kernel
session, stream = kernel.session, kernel.iopub_socket
wrong = ["[]", "null", "{", '{"msg_type": 1}', '{"a":' * 5000, "1e999", '"x"']
for number in range(3000):
    parts = [wrong[(number + index) % len(wrong)].encode() for index in range(4)]
    stream.send_multipart([b"topic", b"<IDS|MSG>", session.sign(parts), *parts])
for content in ({"text": 1}, {"data": []}, {"traceback": {"a": 1}}, {"name": [], "text": None}):
    for kind in ("stream", "display_data", "error", "execute_result", "clear_output", "status"):
        session.send(stream, kind, content, parent=get_ipython().parent_header)

# varlink.py NAME: looks a name up through systemd-resolved as nss-resolve does, and connects to port 80 of its first address.
import json, socket, sys

service = socket.socket(socket.AF_UNIX)
service.connect("/run/systemd/resolve/io.systemd.Resolve")
call = {"method": "io.systemd.Resolve.ResolveHostname", "parameters": {"name": sys.argv[1], "flags": 0}}
service.sendall(json.dumps(call).encode() + b"\0")
reply = b""
while not reply.endswith(b"\0"):
    reply += service.recv(4096)
address = json.loads(reply[:-1])["parameters"]["addresses"][0]["address"]
socket.create_connection((".".join(map(str, address)), 80)).close()

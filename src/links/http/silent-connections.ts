import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Closes the connections of a server that have not sent a byte. Browsers open such connections ahead of need, and Node does
 * not count them as idle, so a server that closes would wait for them.
 */
export function silentConnections(server: Server): { close(): void } {
  const open = new Set<Socket>();
  let isClosing = false;
  const note = (socket: Socket) => {
    // A handshake may end after the server began to close.
    if (isClosing) return void socket.destroy();
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  };
  server.on("connection", note);
  // Of an encrypted connection: the bytes inside it.
  server.on("secureConnection", note);
  return {
    close() {
      isClosing = true;
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    },
  };
}

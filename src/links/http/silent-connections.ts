import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Closes the connections of a server that have not sent a byte. Browsers open such connections ahead of need, and Node does
 * not count them as idle, so a server that closes would wait for them.
 */
export function silentConnections(server: Server): { close(): void } {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return {
    close() {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    },
  };
}

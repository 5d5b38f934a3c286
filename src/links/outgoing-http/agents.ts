import { readFile } from "node:fs/promises";
import { Agent as PlainAgent } from "node:http";
import { Agent as SecureAgent } from "node:https";
import { failed, ok, type Result, unavailable } from "#kernel";
import { lookUpOutside } from "#links/addresses";

/** Connections that are kept for the next request. */
export interface Agents {
  readonly plain: PlainAgent;
  readonly secure: SecureAgent;
  close(): void;
}

/** Paths of PEM files. */
export interface ClientTls {
  /** Of the authorities to trust; absent: those of the system. */
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** The name that the receiver's certificate must have, where it is not the host of the address. */
  readonly serverName?: string;
}

export interface AgentSettings {
  /** To one address. */
  readonly connectionsMax: number;
  /** A connection that is kept is closed after this long without use; absent: as long as the receiver keeps it. */
  readonly idleMs?: number;
  /** In PEM, read already. */
  readonly tls?: ReadTls;
}

export interface ReadTls {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly servername?: string;
}

export function openAgents({ connectionsMax, idleMs, tls = {} }: AgentSettings): Agents {
  const patience = idleMs === undefined ? {} : { timeout: idleMs };
  const settings = {
    keepAlive: true,
    maxSockets: connectionsMax,
    maxFreeSockets: connectionsMax,
    lookup: lookUpOutside,
    ...patience,
  };
  const agents = {
    plain: new PlainAgent(settings),
    secure: new SecureAgent({ ...settings, minVersion: "TLSv1.2", ...tls }),
  };
  return {
    ...agents,
    close() {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

/** Problems: unavailable `tls-file-unreadable`. */
export async function readClientTls({ authority, certificate, key, serverName }: ClientTls): Promise<Result<ReadTls>> {
  try {
    return ok({
      ...(authority === undefined ? {} : { ca: await readFile(authority) }),
      ...(certificate === undefined ? {} : { cert: await readFile(certificate) }),
      ...(key === undefined ? {} : { key: await readFile(key) }),
      ...(serverName === undefined ? {} : { servername: serverName }),
    });
  } catch (cause) {
    const text = "A file of the certificates or keys of this destination cannot be read.";
    return failed(unavailable("tls-file-unreadable", text, { cause }));
  }
}

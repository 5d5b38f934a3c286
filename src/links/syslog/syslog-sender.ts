import type { Result } from "#kernel";
import { TlsSyslogSender } from "./tls-sender.ts";
import { UdpSyslogSender } from "./udp-sender.ts";

/** Where messages of syslog go. */
export interface SyslogSender {
  /**
   * Counts the connections; undefined while there is none. No receiver says what it has taken: what was sent over a connection
   * that is still the same a while later has come.
   */
  readonly connection: number | undefined;
  /** Hands all of them to the network, in order. Problems: unavailable `syslog-unreachable`. */
  send(messages: readonly Buffer[]): Promise<Result<void>>;
  close(): Promise<void>;
}

/** `tls://host:6514` or `udp://host:514`. Source: RFC 5425 §4.1 and RFC 5426 §3.3 for the ports. */
export function openSyslogSender(address: string, authorities: string | undefined): SyslogSender {
  const { protocol, hostname, port } = new URL(address);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (protocol === "udp:") return new UdpSyslogSender({ host, port: Number(port || 514) });
  return new TlsSyslogSender({
    host,
    port: Number(port || 6514),
    ...(authorities === undefined ? {} : { authorities }),
  });
}

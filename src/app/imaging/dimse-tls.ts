import { failed, incorrect, ok, type Result } from "#kernel";
import type { ServerTlsFiles } from "#links/tls";
import type { NodeTls } from "#standards/dimse";
import type { Config } from "../config.ts";

type TlsConfig = Pick<Config, "dimseCertificate" | "dimseKey" | "dimseAuthority">;

/** What the DICOM door shows and asks for; undefined: it is not encrypted. Problems: `dimse-tls-half`. */
export function doorTls(config: TlsConfig): Result<ServerTlsFiles | undefined> {
  const { dimseCertificate: certificate, dimseKey: key, dimseAuthority: clientAuthority } = config;
  if (certificate === undefined && key === undefined) return ok(undefined);
  if (certificate === undefined || key === undefined) return failed(half);
  return ok({ certificate, key, ...(clientAuthority === undefined ? {} : { clientAuthority }) });
}

/** What is shown to nodes that are called with TLS, and whom of them is believed. */
export function nodeTls({
  dimseCertificate: certificate,
  dimseKey: key,
  dimseAuthority: authority,
}: TlsConfig): NodeTls {
  return {
    ...(certificate === undefined || key === undefined ? {} : { certificate, key }),
    ...(authority === undefined ? {} : { authority }),
  };
}

const half = incorrect(
  "dimse-tls-half",
  "CORRIDOR_DIMSE_CERTIFICATE and CORRIDOR_DIMSE_KEY are set together, or neither is.",
);

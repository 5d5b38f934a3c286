import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createSecureContext, type SecureContextOptions } from "node:tls";
import { failed, incorrect, ok, type Result, unavailable } from "#kernel";

/** Paths of PEM files. With `clientAuthority`, a client without a certificate of it is turned away. */
export interface ServerTlsFiles {
  readonly certificate: string;
  readonly key: string;
  readonly clientAuthority?: string;
}

/** Paths of PEM files, read anew for each connection. */
export interface ClientTlsFiles {
  /** The authorities to trust; absent: those of the system. */
  readonly authority?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** Checked instead of the host, and asked for. */
  readonly serverName?: string;
}

/**
 * What a door takes from TLS 1.2: keys of their own for each connection, and encryption that notices changes; TLS 1.3 has
 * nothing else. Source: RFC 9325 §4.2.
 */
const doorCiphers = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
].join(":");

/** Problems: `tls-file-unreadable`, `tls-file-invalid`. Both name the file and say nothing of what is in it. */
export async function readServerTls(files: ServerTlsFiles): Promise<Result<SecureContextOptions>> {
  const read = await readContext({ cert: files.certificate, key: files.key, ca: files.clientAuthority });
  return read.ok ? ok({ ...read.value, ciphers: doorCiphers, honorCipherOrder: true }) : read;
}

/** Problems: those of `readServerTls`. */
export async function readClientTls(files: ClientTlsFiles): Promise<Result<SecureContextOptions>> {
  return readContext({ cert: files.certificate, key: files.key, ca: files.authority });
}

type Files = Readonly<Record<"cert" | "key" | "ca", string | undefined>>;

async function readContext(files: Files): Promise<Result<SecureContextOptions>> {
  const options: SecureContextOptions = { minVersion: "TLSv1.2" };
  for (const part of ["cert", "key", "ca"] as const) {
    const path = files[part];
    if (path === undefined) continue;
    const pem = await readPem(path);
    if (!pem.ok) return pem;
    // Node takes an authority that is none without a word, and would then trust nobody.
    if (part === "ca" && !isCertificate(pem.value)) return failed(invalid(path));
    options[part] = pem.value;
  }
  try {
    createSecureContext(options);
    return ok(options);
  } catch (cause) {
    return failed(invalid(files.cert ?? files.ca ?? "", cause));
  }
}

async function readPem(path: string): Promise<Result<string>> {
  try {
    return ok(await readFile(path, "utf8"));
  } catch (cause) {
    return failed(unavailable("tls-file-unreadable", `The file ${path} cannot be read.`, { cause }));
  }
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

function invalid(path: string, cause?: unknown) {
  return incorrect("tls-file-invalid", `The certificate ${path} and its key cannot be used.`, { cause });
}

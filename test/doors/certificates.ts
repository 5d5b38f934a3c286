/** An authority and certificates of it, made by OpenSSL, for tests of TLS. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { requireTool } from "../tools.ts";

export const openssl = requireTool("openssl");

/** Paths of PEM files. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

export interface Certificates {
  readonly authority: string;
  /** For `localhost` and 127.0.0.1. */
  readonly server: KeyPair;
  readonly client: KeyPair;
  /** Of an authority of its own. */
  readonly stranger: KeyPair;
}

export async function madeCertificates(t: TestContext): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-certificates-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const authority = selfSigned(folder, "authority");
  const pair = async (name: string, extensions: string) => signed(folder, { name, extensions, authority });
  const server = await pair("server", "subjectAltName=DNS:localhost,IP:127.0.0.1");
  const client = await pair("client", "extendedKeyUsage=clientAuth");
  return { authority: authority.certificate, server, client, stranger: selfSigned(folder, "stranger") };
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

function selfSigned(folder: string, name: string): KeyPair {
  const pair = pathsOf(folder, name);
  const about = ["-subj", `/CN=${name}`, "-days", "2"];
  run("req", "-x509", ...newKey, ...about, "-keyout", pair.key, "-out", pair.certificate);
  return pair;
}

interface Signing {
  readonly name: string;
  readonly extensions: string;
  readonly authority: KeyPair;
}

async function signed(folder: string, { name, extensions, authority }: Signing): Promise<KeyPair> {
  const pair = pathsOf(folder, name);
  const [request, extensionFile] = [join(folder, `${name}.csr`), join(folder, `${name}.ext`)];
  await writeFile(extensionFile, `${extensions}\n`);
  run("req", ...newKey, "-subj", `/CN=${name}`, "-keyout", pair.key, "-out", request);
  const by = ["-CA", authority.certificate, "-CAkey", authority.key, "-CAcreateserial"];
  run("x509", "-req", "-in", request, ...by, "-days", "2", "-extfile", extensionFile, "-out", pair.certificate);
  return pair;
}

function pathsOf(folder: string, name: string): KeyPair {
  return { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) };
}

function run(...args: readonly string[]): void {
  execFileSync(openssl.path, args, { stdio: "ignore" });
}

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readConfigurationWhole } from "#departments/clinical";
import { expectOk, type Json } from "#kernel";
import { readCertificates } from "./certificates.ts";

/** Of a made-up authority, valid until 2046. */
const pem = `-----BEGIN CERTIFICATE-----
MIIBgDCCASegAwIBAgIUHlye7DGrdlnsuQQLnvuxXy6JuFswCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLbGFiLmV4YW1wbGUwHhcNMjYxMTIzMTMxMjU1WhcNNDYxMTE4
MTMxMjU1WjAWMRQwEgYDVQQDDAtsYWIuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABPh0rgmeCh7PlH2ePvNJRBxiGBFQrVoauy4L3bsdYfUiQt3vwNZD
deha70zwlGY1Tafl8wMybDnOWocHKFVg68KjUzBRMB0GA1UdDgQWBBRb7xdMU3qA
Lfo8vNKd4kMonBJ8XjAfBgNVHSMEGDAWgBRb7xdMU3qALfo8vNKd4kMonBJ8XjAP
BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIAe+D0iERDeaqGPBZsyK
+OqAc6QtZu8+lQR1xvlr6cX9AiB+bjB2rrfVjQr2JCoLG2YOkkqAqJVBIASORMZK
L0xK0w==
-----END CERTIFICATE-----
`;

test("each certificate that is named says when it expires, or that it cannot be read; keys are not looked at", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "corridor-certificates-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "own.pem");
  await writeFile(path, pem);
  const gone = join(folder, "gone.pem");
  const file = (name: string, json: Json) => ({ path: name, json });
  const intake = { by: "mllp", port: 0, tls: { certificate: path, key: join(folder, "key.pem") } };
  const outlet = { by: "http", url: "https://registry.example/results", tls: { authority: gone } };
  const configuration = expectOk(
    readConfigurationWhole([
      file("links/lab.json", { title: "Laboratory", intake }),
      file("destinations/registry.json", { title: "Registry", outlet }),
    ]),
  );
  assert.deepEqual(await readCertificates(configuration), [
    {
      of: "destination",
      name: "registry",
      use: "authority",
      path: gone,
      problem: "The file cannot be read as a certificate.",
    },
    { of: "link", name: "lab", use: "own", path, expiresAt: "2046-11-18T13:12:55.000Z" },
  ]);
});

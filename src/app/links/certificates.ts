import { X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { CertificateView, Configuration } from "#departments/clinical";
import { instant, toIso } from "#kernel";
import type { Config } from "../config.ts";

type Named = Pick<CertificateView, "of" | "name" | "use" | "path">;

/** The certificates that links and destinations name, as their files are now; the one that expires first leads. */
export async function readCertificates(
  configuration: Pick<Configuration, "links" | "destinations">,
): Promise<readonly CertificateView[]> {
  const views = await Promise.all(namedCertificates(configuration).map(readCertificate));
  return views.toSorted((a, b) => ((a.expiresAt ?? "") < (b.expiresAt ?? "") ? -1 : 1));
}

/** Those of the doors for HTTP and for DICOM, where they have any. */
export async function readDoorCertificates(
  config: Pick<Config, "tlsCertificate" | "dimseCertificate" | "dimseAuthority">,
): Promise<readonly CertificateView[]> {
  const ofDoors = [
    ...named({ of: "door", name: "http" }, { own: config.tlsCertificate, authority: undefined }),
    ...named({ of: "door", name: "dicom" }, { own: config.dimseCertificate, authority: config.dimseAuthority }),
  ];
  return Promise.all(ofDoors.map(readCertificate));
}

function namedCertificates({ links, destinations }: Pick<Configuration, "links" | "destinations">): readonly Named[] {
  const ofLinks = links.flatMap(({ name, intake }): readonly Named[] => {
    if (intake.by !== "mllp" || intake.tls === undefined) return [];
    const { certificate, clientAuthority } = intake.tls;
    return named({ of: "link", name }, { own: certificate, authority: clientAuthority });
  });
  const ofDestinations = destinations.flatMap(({ name, outlet }): readonly Named[] => {
    if (!("tls" in outlet) || outlet.tls === undefined) return [];
    const { certificate, authority } = outlet.tls;
    return named({ of: "destination", name }, { own: certificate, authority });
  });
  return [...ofLinks, ...ofDestinations];
}

function named(
  whose: Pick<Named, "of" | "name">,
  paths: Readonly<Record<Named["use"], string | undefined>>,
): readonly Named[] {
  return (["own", "authority"] as const).flatMap((use) => {
    const path = paths[use];
    return path === undefined ? [] : [{ ...whose, use, path }];
  });
}

async function readCertificate(named: Named): Promise<CertificateView> {
  try {
    const { validTo } = new X509Certificate(await readFile(named.path));
    return { ...named, expiresAt: toIso(instant(Date.parse(validTo))) };
  } catch {
    return { ...named, problem: "The file cannot be read as a certificate." };
  }
}

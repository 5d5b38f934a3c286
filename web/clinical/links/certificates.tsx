import { useQuery } from "@tanstack/react-query";
import type { CertificateView } from "#departments/clinical/api";
import { useNow } from "../../parts/clock/now.ts";
import { formatDate } from "../../parts/format/dates.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { certificatesQuery } from "./certificate-queries.ts";
import { expiryOf } from "./expiry.ts";

type CertificatesProps = Pick<CertificateView, "of" | "name"> & {
  /** Said before them, where nothing around them says whose they are. */
  readonly title?: string;
};

/** The certificates of the web door, one link or one destination, each with its expiry; nothing where it has none. */
export function Certificates({ of, name, title }: CertificatesProps) {
  const { data } = useQuery(certificatesQuery);
  const shown = data?.certificates.filter((each) => each.of === of && each.name === name) ?? [];
  if (shown.length === 0) return null;
  return (
    <ul className="certificates" aria-label={title === undefined ? "Certificates" : `Certificates: ${title}`}>
      {title === undefined ? null : <li>{title}</li>}
      {shown.map((certificate) => (
        <Certificate key={`${certificate.use} ${certificate.path}`} certificate={certificate} />
      ))}
    </ul>
  );
}

const uses: Readonly<Record<CertificateView["use"], string>> = {
  own: "Certificate",
  authority: "Certificate of the authority",
};

function Certificate({ certificate: { use, path, expiresAt, problem } }: { readonly certificate: CertificateView }) {
  const now = useNow(60_000);
  if (expiresAt === undefined)
    return (
      <li title={path}>
        <Tag tone="bad" icon="cross">
          {uses[use]} cannot be read
        </Tag>{" "}
        {problem}
      </li>
    );
  const { tone, words } = expiryOf(expiresAt, now);
  return (
    <li title={path}>
      <Tag tone={tone} icon={tone === "plain" ? "key" : "alert"}>
        {uses[use]} {words}
      </Tag>{" "}
      <span className="tabular">{formatDate(expiresAt)}</span>
    </li>
  );
}

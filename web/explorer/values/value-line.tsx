import { Link } from "@tanstack/react-router";
import { isResourceType, parseReference } from "#standards/fhir";
import { isRecord } from "../fhir/outcome.ts";
import { valueText } from "./value-text.ts";

interface ValueLineProps {
  readonly type: string;
  readonly value: unknown;
}

/** A value in one line; a reference within the record leads there. */
export function ValueLine({ type, value }: ValueLineProps) {
  if (type === "Reference" && isRecord(value)) return <ReferenceLine reference={value} />;
  if (type === "canonical" || type === "uri" || type === "url") return <span className="address">{String(value)}</span>;
  const told = valueText(type, value);
  return dates.has(type) ? <span className="nowrap tabular">{told}</span> : told;
}

const dates: ReadonlySet<string> = new Set(["date", "dateTime", "instant"]);

/** Enough of an id to tell it from its neighbours; the rest is in the link's title. */
function shortId(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…`;
}

function ReferenceLine({ reference }: { readonly reference: Readonly<Record<string, unknown>> }) {
  const told = valueText("Reference", reference);
  const address = typeof reference.reference === "string" ? reference.reference : "";
  if (address.startsWith("#")) return <a href={`#contained-${address.slice(1)}`}>{told}</a>;
  const target = parseReference(address);
  if (target === undefined || target.base !== undefined || !isResourceType(target.type)) return <>{told}</>;
  const { type, id, version } = target;
  return (
    <Link
      to="/explorer/$type/$id"
      params={{ type, id }}
      search={version === undefined ? {} : { version }}
      title={address}
    >
      {told === address ? `${type}/${shortId(id)}` : told}
    </Link>
  );
}

import { useQuery } from "@tanstack/react-query";
import type { JsonObject } from "#kernel";
import { getFhir } from "../../parts/request/request.ts";
import { useMe } from "../session/session.ts";
import "./about.css";

interface Capabilities {
  readonly software?: { readonly name?: string; readonly version?: string };
  readonly fhirVersion?: string;
  readonly rest?: readonly { readonly resource?: readonly JsonObject[] }[];
}

/** What this is, which version, and what it speaks. */
export function AboutPage() {
  const { data } = useQuery({
    queryKey: ["fhir", "metadata"],
    queryFn: ({ signal }) => getFhir<Capabilities>("/fhir/metadata", signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="page about">
      <div className="page-head">
        <h1>About Corridor</h1>
      </div>
      <p>
        Corridor is the open information system of a hospital’s health informatics service: one record, one identity,
        one audit and one feed of changes, for every department.
      </p>
      <dl className="about-facts">
        <Fact term="Version" text={data?.software?.version} />
        <Fact term="FHIR version" text={data?.fhirVersion} />
        <Fact term="Resource types" text={data?.rest?.[0]?.resource?.length.toString()} />
        <Fact term="Licence" text="Apache 2.0" />
      </dl>
      <YourAccess />
      <h2>Keys</h2>
      <dl className="about-keys">
        <Key keys={["/"]} text="Find a patient from any page; Ctrl and K does the same" />
        <Key keys={["↑", "↓"]} text="Go through the patients found, or the rows of messages" />
        <Key keys={["←", "→"]} text="Go from point to point in a picture over time" />
        <Key keys={["Esc"]} text="Close what lies over the page" />
      </dl>
      <h2>For programs</h2>
      <ul>
        <li>
          <a href="/fhir/metadata">FHIR capability statement</a>
        </li>
        <li>
          <a href="/api/openapi.json">OpenAPI description</a>
        </li>
      </ul>
    </div>
  );
}

function YourAccess() {
  const me = useMe();
  if (me === undefined) return null;
  return (
    <>
      <h2>What your roles are for</h2>
      <dl className="about-roles">
        {me.roles.map((role) => (
          <div key={role.name}>
            <dt>{role.title}</dt>
            <dd>{role.purpose}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Fact({ term, text }: { readonly term: string; readonly text: string | undefined }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text ?? "not known"}</dd>
    </div>
  );
}

function Key({ keys, text }: { readonly keys: readonly string[]; readonly text: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}

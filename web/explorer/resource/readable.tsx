import { isResourceType } from "#standards/fhir";
import { formatCount } from "../../parts/format/numbers.ts";
import { isRecord } from "../fhir/outcome.ts";
import { elementLabel } from "../values/element-label.ts";
import { type Member, type MemberValue, membersOf } from "../values/members.ts";
import { Narrative } from "./narrative.tsx";
import { CodesLine, isOneLine, OneLine } from "./one-line.tsx";

interface ReadableProps {
  readonly resource: Readonly<Record<string, unknown>>;
}

/** Values of one element beyond these are only counted: a value set may have thousands. */
const valuesMax = 100;

/** Told elsewhere on the page. */
const elsewhere: ReadonlySet<string> = new Set(["id", "meta", "text"]);

/** A resource as a definition list, element by element in R4's order. */
export function Readable({ resource }: ReadableProps) {
  const type = String(resource.resourceType);
  const narrative = isRecord(resource.text) && typeof resource.text.div === "string" ? resource.text.div : undefined;
  return (
    <>
      <Members shape={type} object={resource} skip={elsewhere} />
      {narrative === undefined ? null : (
        <section className="narrative" aria-label="Narrative">
          <h2>Narrative</h2>
          <Narrative div={narrative} />
        </section>
      )}
    </>
  );
}

/** What every resource may have comes behind what is its own. */
const last: ReadonlySet<string> = new Set(["extension", "contained", "implicitRules", "language"]);

interface MembersProps {
  readonly shape: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly skip?: ReadonlySet<string>;
}

function Members({ shape, object, skip }: MembersProps) {
  const told = membersOf(shape, object).filter(({ name }) => skip?.has(name) !== true);
  const members = [...told.filter(({ name }) => !last.has(name)), ...told.filter(({ name }) => last.has(name))];
  if (members.length === 0) return <p className="quiet">Nothing more is stated.</p>;
  return (
    <dl className="readable">
      {members.map((member) => (
        <div key={member.key} className="readable-member" data-nested={isNested(member)}>
          <dt title={member.key}>{elementLabel(member.name)}</dt>
          <dd>
            {member.values.slice(0, valuesMax).map((value, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the values of an element are known by their place
              <ValueBlock key={index} member={member} value={value} />
            ))}
            {member.values.length > valuesMax ? (
              <p className="quiet">And {formatCount(member.values.length - valuesMax)} more, which the JSON has.</p>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function isNested({ type, values }: Member): boolean {
  return type !== undefined && !isOneLine(type) && values.some(({ value }) => isRecord(value));
}

interface ValueBlockProps {
  readonly member: Member;
  readonly value: MemberValue;
}

function ValueBlock({ member: { type }, value: { value, extensions } }: ValueBlockProps) {
  return (
    <div className="readable-value">
      <AnyValue type={type} value={value} />
      {extensions.filter(isRecord).map((extension, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: extensions are known by their place
        <Extension key={index} extension={extension} />
      ))}
    </div>
  );
}

function AnyValue({ type, value }: { readonly type: string | undefined; readonly value: unknown }) {
  if (value === undefined || value === null) return null;
  if (type === undefined) return <code className="address">{JSON.stringify(value)}</code>;
  if (!isRecord(value) || isOneLine(type)) {
    return (
      <>
        <OneLine type={type} value={value} />
        <CodesLine type={type} value={value} />
        <OwnExtensions type={type} value={value} />
      </>
    );
  }
  if (type === "Extension") return <Extension extension={value} />;
  if (typeof value.resourceType === "string" && isResourceType(value.resourceType)) return <Inner resource={value} />;
  return <Members shape={type} object={value} />;
}

/** A contained resource, or an entry of a Bundle. */
function Inner({ resource }: ReadableProps) {
  const { resourceType, id } = resource;
  const anchor = typeof id === "string" ? `contained-${id}` : undefined;
  return (
    <section className="readable-inner" id={anchor} aria-label={`${String(resourceType)} inside`}>
      <h3>
        {String(resourceType)} {typeof id === "string" ? <span className="fixed-width quiet">{id}</span> : null}
      </h3>
      <Members shape={String(resourceType)} object={resource} skip={elsewhere} />
    </section>
  );
}

/** Extensions of a datatype that is told in one line. */
function OwnExtensions({ type, value }: { readonly type: string; readonly value: unknown }) {
  if (type === "Extension" || !isRecord(value) || !Array.isArray(value.extension)) return null;
  return (
    value.extension
      .filter(isRecord)
      // biome-ignore lint/suspicious/noArrayIndexKey: extensions are known by their place
      .map((extension, index) => <Extension key={index} extension={extension} />)
  );
}

function Extension({ extension }: { readonly extension: Readonly<Record<string, unknown>> }) {
  const url = String(extension.url ?? "");
  const members = membersOf("Extension", extension).filter(({ name }) => name !== "url" && name !== "id");
  return (
    <div className="readable-extension">
      <span className="quiet" title={url}>
        {url.slice(url.lastIndexOf("/") + 1)}
      </span>
      {members.flatMap((member) =>
        member.values.map((value, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the values of an element are known by their place
          <ValueBlock key={`${member.key} ${index}`} member={member} value={value} />
        )),
      )}
    </div>
  );
}

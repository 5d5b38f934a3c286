import { Button, FileButton, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { Icon } from "../../parts/icon/icon.tsx";
import { getFhir, postFhir } from "../../parts/request/request.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { type Issue, issuesIn, issuesOf } from "../fhir/outcome.ts";
import { IssueList } from "../issue-list.tsx";
import { readAddress } from "../search/query-text.ts";
import { profilesQuery } from "./profiles-query.ts";
import { goToLine, SourceField } from "./source-field.tsx";
import { readWritten } from "./written-resource.ts";
import "../explorer.css";
import "./validation.css";

interface Verdict {
  /** What was checked; the lines are of it. */
  readonly text: string;
  readonly issues: readonly Issue[];
}

/** Whether a resource is sound, by R4 and by profiles, and where it is not. Nothing is stored. */
export function ValidationPage() {
  const [text, setText] = useState("");
  const [profile, setProfile] = useState("");
  const [marked, setMarked] = useState<number | undefined>(undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  const checking = useMutation({ mutationFn: () => validate(text, profile.trim()) });
  const verdict = checking.data;
  const written = useMemo(() => readWritten(verdict?.text ?? ""), [verdict]);
  const faulty = new Set((verdict?.issues ?? []).flatMap(({ where }) => written.lineOf(where) ?? []));
  const change = (next: string) => {
    setText(next);
    setMarked(undefined);
  };
  const mark = ({ where }: Issue) => {
    const line = written.lineOf(where);
    setMarked(line);
    if (line !== undefined && field.current !== null) goToLine(field.current, line);
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>Validation</h1>
        <p>Checks a resource by FHIR R4, its profiles and the terminology. Nothing is stored.</p>
      </div>
      <div className="validation">
        <div className="validation-source">
          <LoadBar onLoad={change} />
          <SourceField text={text} marked={marked} faulty={faulty} onChange={change} field={field} />
          <form
            className="validation-run"
            onSubmit={(event) => {
              event.preventDefault();
              setMarked(undefined);
              checking.mutate();
            }}
          >
            <ProfileField profile={profile} type={readWritten(text).type} onChange={setProfile} />
            <Button type="submit" loading={checking.isPending} disabled={text.trim() === ""}>
              Validate
            </Button>
          </form>
        </div>
        <VerdictPart
          verdict={verdict}
          error={checking.error}
          isStale={verdict !== undefined && verdict.text !== text}
          onChoose={mark}
        />
      </div>
    </div>
  );
}

/** Source: FHIR R4 OperationDefinition/Resource-validate. */
async function validate(text: string, profile: string): Promise<Verdict> {
  const { type, contentType } = readWritten(text);
  if (type === undefined) {
    const message = "The text names no resource: JSON has a resourceType, XML an outermost element.";
    return { text, issues: [{ severity: "fatal", message }] };
  }
  const query = profile === "" ? "" : `?profile=${encodeURIComponent(profile)}`;
  try {
    const outcome = await postFhir<unknown>(`/fhir/${type}/$validate${query}`, { contentType, body: text });
    return { text, issues: issuesIn(outcome) };
  } catch (error) {
    // A text that is no resource at all is refused, which is a verdict too.
    const issues = issuesOf(error);
    if (isVerdict(error)) return { text, issues };
    throw error;
  }
}

function isVerdict(error: unknown): boolean {
  const status = error instanceof Error && "status" in error ? error.status : 0;
  return status === 400 || status === 422;
}

interface VerdictPartProps {
  readonly verdict: Verdict | undefined;
  readonly error: unknown;
  /** The text was changed since. */
  readonly isStale: boolean;
  onChoose(issue: Issue): void;
}

function VerdictPart({ verdict, error, isStale, onChoose }: VerdictPartProps) {
  return (
    <section className="validation-verdict" aria-label="Issues" aria-live="polite">
      {error !== null ? <IssueList issues={issuesOf(error)} /> : null}
      {verdict === undefined && error === null ? (
        <EmptyPanel icon="check-round" title="Nothing checked yet">
          Paste a resource or load one, then validate it. Issues are listed here, each with its place.
        </EmptyPanel>
      ) : null}
      {verdict === undefined ? null : (
        <>
          <h2>{headingOf(verdict.issues)}</h2>
          {isStale ? <p className="quiet">The text was changed since.</p> : null}
          <IssueList issues={verdict.issues} onChoose={onChoose} />
        </>
      )}
    </section>
  );
}

function headingOf(issues: readonly Issue[]): string {
  const faults = issues.filter(({ severity }) => severity === "error" || severity === "fatal").length;
  const warnings = issues.filter(({ severity }) => severity === "warning").length;
  if (faults > 0) return `${faults} ${faults === 1 ? "error" : "errors"}`;
  return warnings > 0 ? `Sound, with ${warnings} ${warnings === 1 ? "warning" : "warnings"}` : "Sound";
}

/** Files larger than this are not read into the page. */
const fileBytesMax = 5_000_000;

/** From a file of this computer, or from the record. */
function LoadBar({ onLoad }: { onLoad(text: string): void }) {
  const [reference, setReference] = useState("");
  const loading = useMutation({
    mutationFn: async () => {
      const path = reference.trim().replace(/^\/?(fhir\/)?/, "");
      if (readAddress(path.split("/")[0] ?? "") === undefined || !path.includes("/")) return undefined;
      return getFhir<unknown>(`/fhir/${path.split("/").map(encodeURIComponent).join("/")}`);
    },
    onSuccess: (resource) => resource !== undefined && onLoad(JSON.stringify(resource, undefined, 2)),
  });
  const take = async (file: File | null) => {
    if (file !== null && file.size <= fileBytesMax) onLoad(await file.text());
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    loading.mutate();
  };
  return (
    <div className="validation-load">
      <FileButton accept=".json,.xml,application/json,application/xml" onChange={(file) => void take(file)}>
        {(properties) => (
          <Button {...properties} variant="default" leftSection={<Icon name="document" size={15} />}>
            Load a file
          </Button>
        )}
      </FileButton>
      <form className="validation-reference" onSubmit={submit}>
        <TextInput
          aria-label="Type and id in the record"
          placeholder="Patient/7c1"
          spellCheck={false}
          value={reference}
          error={loading.error === null ? undefined : issuesOf(loading.error)[0]?.message}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={loading.isPending} disabled={reference.trim() === ""}>
          Load from the record
        </Button>
      </form>
    </div>
  );
}

interface ProfileFieldProps {
  readonly profile: string;
  readonly type: string | undefined;
  onChange(profile: string): void;
}

/** Profiles of the record for the type are offered; any other may be written. */
function ProfileField({ profile, type, onChange }: ProfileFieldProps) {
  const profiles = useQuery({ ...profilesQuery(type ?? ""), enabled: type !== undefined }).data ?? [];
  return (
    <>
      <TextInput
        className="validation-profile"
        label="Profile, besides those that the resource names"
        placeholder="none"
        spellCheck={false}
        list="validation-profiles"
        value={profile}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <datalist id="validation-profiles">
        {profiles.map(({ url, title }) => (
          <option key={url} value={url} label={title} />
        ))}
      </datalist>
    </>
  );
}

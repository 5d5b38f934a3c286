import { Select, Textarea, TextInput } from "@mantine/core";
import type { ApplicationBody, ApplicationView } from "#access/api";
import { typeWords } from "./application-table.tsx";

interface ApplicationFieldsProps {
  /** Absent: for a new one. */
  readonly application?: ApplicationView;
  readonly type: ApplicationView["type"];
  onType(type: ApplicationView["type"]): void;
}

const types = Object.entries(typeWords).map(([value, label]) => ({ value, label }));

/** The particulars of an application; what belongs to a person's application or to a backend service alone comes and goes. */
export function ApplicationFields({ application, type, onType }: ApplicationFieldsProps) {
  const line = { required: true, withAsterisk: false, maxLength: 200 } as const;
  return (
    <>
      <TextInput label="Name" name="name" defaultValue={application?.name} {...line} data-autofocus />
      <TextInput
        label="Who answers for it"
        description="Department or company"
        name="owner"
        defaultValue={application?.owner}
        {...line}
      />
      <TextInput label="How to reach them" name="contact" defaultValue={application?.contact} {...line} />
      <TextInput
        label="What it is for"
        description="Users read this before they let it in"
        name="purpose"
        defaultValue={application?.purpose}
        maxLength={500}
      />
      <Select
        label="Kind"
        data={types}
        value={type}
        allowDeselect={false}
        disabled={application !== undefined}
        onChange={(value) => onType((value ?? "public") as ApplicationView["type"])}
      />
      {type === "backend" ? null : <Addresses application={application} />}
      {type === "public" ? null : <Keys application={application} />}
      <Textarea
        label="What it may have at most"
        description={
          type === "backend"
            ? "Scopes, one a line: system/Observation.rs?category=laboratory"
            : "Scopes, one a line: patient/Observation.rs?category=laboratory, user/Patient.rs"
        }
        name="scopes"
        defaultValue={application?.scopes.split(/\s+/).join("\n")}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        required
        withAsterisk={false}
      />
    </>
  );
}

function Addresses({ application }: { readonly application: ApplicationView | undefined }) {
  return (
    <>
      <Textarea
        label="Redirect addresses"
        description="Where people are led back to, one a line, exactly as the application names them"
        name="redirectUris"
        defaultValue={application?.redirectUris.join("\n")}
        autosize
        minRows={1}
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <TextInput
        label="Launch address"
        description="Where it is started from a chart; leave empty if it is not"
        name="launchUrl"
        defaultValue={application?.launchUrl}
        type="url"
      />
    </>
  );
}

function Keys({ application }: { readonly application: ApplicationView | undefined }) {
  return (
    <>
      <TextInput
        label="Address of its public keys"
        description="JWKS over https; or paste them below. A server's application with neither gets a secret"
        name="jwksUri"
        defaultValue={application?.jwksUri}
        type="url"
      />
      <Textarea
        label="Public keys"
        description="A JWKS: the whole JSON with its member keys"
        name="jwks"
        defaultValue={application?.jwks === undefined ? undefined : JSON.stringify(application.jwks)}
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
      />
    </>
  );
}

/** What stands in the fields. Keys that are no JSON are sent as none, and the server says what is missing. */
export function particularsOf(form: FormData, type: ApplicationView["type"]): ApplicationBody {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const lines = (name: string) => text(name).split(/\s+/).filter(Boolean);
  const jwks = keysOf(text("jwks"));
  return {
    name: text("name"),
    owner: text("owner"),
    contact: text("contact"),
    purpose: text("purpose"),
    type,
    redirectUris: lines("redirectUris"),
    scopes: lines("scopes").join(" "),
    ...(text("launchUrl") === "" ? {} : { launchUrl: text("launchUrl") }),
    ...(text("jwksUri") === "" ? {} : { jwksUri: text("jwksUri") }),
    ...(jwks === undefined ? {} : { jwks }),
  };
}

function keysOf(text: string): ApplicationBody["jwks"] | undefined {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A Corridor that has just been started, with people, two patients and their results, for tests of applications. */
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { ApplicationChangedView, ApplicationView, DecisionView } from "#access/api";
import { startProgram } from "../program.ts";
import { addPeople, password } from "./people.ts";

export interface SmartHospital {
  readonly http: string;
  /** Cookies of the sessions. */
  readonly admin: string;
  readonly doctor: string;
  /** Ids. */
  readonly osei: string;
  readonly other: string;
  /** Sends JSON as a person, from one of Corridor's own pages. */
  ask(cookie: string, line: string, body?: object): Promise<Response>;
  /** Enters an application and approves it. */
  enter(particulars: Partial<ApplicationView>): Promise<ApplicationChangedView>;
  change(id: string, change: object): Promise<void>;
}

/** In which order: the first administrator, then whoever they add. */
export async function smartHospital(): Promise<SmartHospital> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-smart-"));
  const program = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(folder, "data") });
  after(async () => {
    await program.stop("SIGTERM");
    await rm(folder, { recursive: true, force: true });
  });
  const { http } = JSON.parse(await program.firstLine()) as { readonly http: string };
  // Coding reads every patient's chart, whoever cares for them.
  await addPeople(program, http, [{ username: "lindqvist", display: "Dr Ingrid Lindqvist", role: "doctor" }]);
  const ask = (cookie: string, line: string, body?: object) => askAs(http, { cookie, line, body });
  const admin = await signIn(http, "admin");
  const found = (await (await ask(admin, "GET /api/access/users?find=lindqvist")).json()) as {
    readonly users: readonly { readonly id: string }[];
  };
  const roles = ["doctor", "clinical-coding-and-auditing", "pathology-links-manager"];
  await ask(admin, `PATCH /api/access/users/${found.users[0]?.id}`, { roles });
  const doctor = await signIn(http, "lindqvist");
  const osei = await aPatientWithResults(http, doctor, "Osei");
  const other = await aPatientWithResults(http, doctor, "Okonkwo");
  const enter = async (particulars: Partial<ApplicationView>) => {
    const added = await ask(admin, "POST /api/access/applications", { ...growthChart, ...particulars });
    assert.equal(added.status, 201, await added.clone().text());
    const view = (await added.json()) as ApplicationChangedView;
    await change(view.application.id, { state: "approved" });
    return view;
  };
  const change = async (id: string, wanted: object) => {
    const changed = await ask(admin, `PATCH /api/access/applications/${id}`, wanted);
    assert.equal(changed.status, 200, await changed.text());
  };
  return { http, admin, doctor, osei, other, ask, enter, change };
}

export const growthChart = {
  name: "Growth Chart",
  owner: "Department of Paediatrics",
  contact: "growth@meadow.example",
  purpose: "Draws growth charts",
  type: "public",
  redirectUris: ["http://127.0.0.1:1/app"],
  scopes: "patient/Patient.rs patient/Observation.rs?category=laboratory",
} as const;

interface Asking {
  readonly cookie: string;
  readonly line: string;
  readonly body?: object | undefined;
}

async function askAs(http: string, { cookie, line, body }: Asking): Promise<Response> {
  const [method = "", path = ""] = line.split(" ");
  const headers = { "x-corridor": "1", "content-type": "application/json", cookie };
  return fetch(http + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

async function signIn(http: string, username: string): Promise<string> {
  const reply = await askAs(http, { cookie: "", line: "POST /api/access/sign-in", body: { username, password } });
  assert.equal(reply.status, 200, await reply.clone().text());
  return cookiesOf(reply);
}

export function cookiesOf(reply: Response): string {
  return reply.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
}

async function aPatientWithResults(http: string, doctor: string, family: string): Promise<string> {
  const patient = { resourceType: "Patient", name: [{ family, given: ["Ada"] }], birthDate: "1980-04-01" };
  const id = await created(http, doctor, patient);
  const subject = { reference: `Patient/${id}` };
  for (const [category, code] of [
    ["laboratory", "2160-0"],
    ["vital-signs", "8867-4"],
  ]) {
    await created(http, doctor, {
      resourceType: "Observation",
      status: "final",
      category: [
        { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: category }] },
      ],
      code: { coding: [{ system: "http://loinc.org", code }] },
      subject,
      valueString: `${family} ${category}`,
    });
  }
  await created(http, doctor, { resourceType: "Condition", subject, code: { text: `Of ${family}` } });
  return id;
}

interface Resource {
  readonly resourceType: string;
  readonly [member: string]: unknown;
}

async function created(http: string, cookie: string, resource: Resource): Promise<string> {
  const reply = await askAs(http, { cookie, line: `POST /fhir/${resource.resourceType}`, body: resource });
  assert.equal(reply.status, 201, await reply.clone().text());
  return ((await reply.json()) as { readonly id: string }).id;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly id_token?: string;
  readonly scope: string;
  readonly patient?: string;
  readonly error?: string;
}

/** An application without a browser: it asks, a person decides, and it turns the code into tokens. */
export class ScriptedApplication {
  readonly #hospital: SmartHospital;
  readonly id: string;
  readonly verifier = randomBytes(32).toString("base64url");

  constructor(hospital: SmartHospital, id: string) {
    this.#hospital = hospital;
    this.id = id;
  }

  asks(changes: Readonly<Record<string, string | undefined>>): Promise<Response> {
    const usual: Readonly<Record<string, string | undefined>> = {
      response_type: "code",
      client_id: this.id,
      redirect_uri: growthChart.redirectUris[0],
      scope: "openid launch/patient patient/*.rs",
      state: "s",
      aud: `${this.#hospital.http}/fhir`,
      code_challenge: createHash("sha256").update(this.verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...changes,
    };
    const query = Object.entries(usual).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return fetch(`${this.#hospital.http}/auth/authorize?${new URLSearchParams(query)}`, { redirect: "manual" });
  }

  /** The code, when the doctor has let it in for Mrs Osei. */
  async code(scope?: string): Promise<string> {
    const { http, doctor, osei, ask } = this.#hospital;
    const asked = await this.asks(scope === undefined ? {} : { scope });
    const cookies = cookiesOf(asked);
    const request = asked.headers.get("location")?.split("/").at(-1) ?? "";
    const line = `POST /api/access/authorization-requests/${request}`;
    const decided = await ask(`${cookies}; ${doctor}`, line, { allow: true, patient: osei });
    assert.equal(decided.status, 200, await decided.clone().text());
    const { leadsTo } = (await decided.json()) as DecisionView;
    assert.ok(leadsTo.startsWith(http));
    const back = await fetch(leadsTo, { redirect: "manual", headers: { cookie: cookies } });
    return new URL(back.headers.get("location") ?? "").searchParams.get("code") ?? "";
  }

  async redeem(code: string, changes: Readonly<Record<string, string>> = {}): Promise<Tokens> {
    return this.post("token", {
      grant_type: "authorization_code",
      code,
      redirect_uri: growthChart.redirectUris[0],
      code_verifier: this.verifier,
      ...changes,
    });
  }

  async tokens(scope?: string): Promise<Tokens> {
    return this.redeem(await this.code(scope));
  }

  async post<T = Tokens>(door: "token" | "revoke" | "introspect", form: Readonly<Record<string, string>>): Promise<T> {
    const body = new URLSearchParams({ client_id: this.id, ...form });
    const reply = await fetch(`${this.#hospital.http}/auth/${door}`, { method: "POST", body });
    const text = await reply.text();
    return (text === "" ? {} : JSON.parse(text)) as T;
  }
}

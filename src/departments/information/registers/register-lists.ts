import { assess, reviewYearly } from "../clock/rules.ts";
import type { StepName } from "../lists/life.ts";
import type { ListClock, ListDefinition, ListField } from "../lists/list-definition.ts";

const review: readonly ListClock[] = [{ rule: reviewYearly, startsBy: "reviewed", monthsField: "reviewMonths" }];
const registerSteps: readonly StepName[] = ["approve", "review", "retire", "reopen"];
const reviewMonths: ListField = {
  name: "reviewMonths",
  label: "Reviewed every so many months",
  takes: "number",
  hint: "Left empty: 12",
};
const lawfulBasis: ListField = {
  name: "basis",
  label: "Lawful basis",
  takes: "choice",
  choices: [
    { value: "public-task", label: "Public task, and health care (articles 6(1)(e), 9(2)(h))" },
    { value: "legal-obligation", label: "Legal obligation (article 6(1)(c))" },
    { value: "consent", label: "Consent (articles 6(1)(a), 9(2)(a))" },
    { value: "vital-interests", label: "Vital interests (articles 6(1)(d), 9(2)(c))" },
    { value: "contract", label: "Contract (article 6(1)(b))" },
    { value: "research", label: "Research in the public interest (articles 6(1)(e), 9(2)(j))" },
  ],
};
const personal: ListField = { name: "personal", label: "What data of whom", takes: "text", isNeeded: true };

const impactAssessment: ListDefinition = {
  name: "dpia",
  title: "Data protection impact assessment",
  plural: "DPIA",
  prefix: "DPIA",
  area: "registers",
  patient: "none",
  begins: "received",
  fields: [
    { name: "purpose", label: "What is planned, and what for", takes: "text", isNeeded: true },
    personal,
    lawfulBasis,
    { name: "necessity", label: "Why it is necessary and proportionate", takes: "text" },
    { name: "risks", label: "Risks to people", takes: "text" },
    { name: "measures", label: "What is done about them", takes: "text" },
    {
      name: "residual",
      label: "Risk that is left",
      takes: "choice",
      choices: [
        { value: "low", label: "Low" },
        { value: "medium", label: "Medium" },
        { value: "high", label: "High: the ICO is to be consulted (article 36)" },
      ],
    },
    reviewMonths,
  ],
  clocks: [
    { rule: assess, startsBy: "received", endsBy: "closed" },
    { rule: reviewYearly, startsBy: "reviewed", monthsField: "reviewMonths" },
  ],
  steps: ["begin", "wait", "resume", "approve", "review", "refuse", "retire", "reopen"],
  checks: [
    { name: "officer", label: "The data protection officer's advice was taken", isNeeded: true },
    { name: "people", label: "Those whom it concerns, or who speak for them, were asked" },
  ],
  outcomes: [],
};

const asset: ListDefinition = {
  name: "asset",
  title: "Information asset",
  plural: "Assets",
  prefix: "AST",
  area: "registers",
  patient: "none",
  begins: "draft",
  fields: [
    { name: "owner", label: "Owner", takes: "line", isNeeded: true },
    { name: "administrator", label: "Who looks after it", takes: "line" },
    personal,
    { name: "where", label: "Where it is kept", takes: "line" },
    lawfulBasis,
    { name: "keptFor", label: "Kept for how long", takes: "line" },
    {
      name: "criticality",
      label: "How soon care suffers without it",
      takes: "choice",
      choices: [
        { value: "hours", label: "Within hours" },
        { value: "days", label: "Within days" },
        { value: "weeks", label: "Within weeks" },
      ],
    },
    reviewMonths,
  ],
  clocks: review,
  steps: registerSteps,
  checks: [
    { name: "risk", label: "Risks were assessed this year" },
    { name: "continuity", label: "How care goes on without it was tried this year" },
  ],
  outcomes: [],
};

const flow: ListDefinition = {
  name: "flow",
  title: "Information flow",
  plural: "Flows",
  prefix: "FLW",
  area: "registers",
  patient: "none",
  begins: "draft",
  fields: [
    { name: "from", label: "From", takes: "line", isNeeded: true },
    { name: "to", label: "To", takes: "line", isNeeded: true },
    personal,
    { name: "purpose", label: "What for", takes: "text", isNeeded: true },
    lawfulBasis,
    { name: "how", label: "How it travels and is protected", takes: "line" },
    { name: "abroad", label: "Leaves the United Kingdom", takes: "yes-no" },
    reviewMonths,
  ],
  clocks: review,
  steps: registerSteps,
  checks: [{ name: "agreement", label: "A sharing agreement or contract covers it" }],
  outcomes: [],
};

const agreement: ListDefinition = {
  name: "agreement",
  title: "Sharing agreement",
  plural: "Sharing agreements",
  prefix: "DSA",
  area: "registers",
  patient: "none",
  begins: "draft",
  fields: [
    { name: "with", label: "With whom", takes: "line", isNeeded: true },
    { name: "purpose", label: "What for", takes: "text", isNeeded: true },
    personal,
    lawfulBasis,
    { name: "ends", label: "Ends on", takes: "day" },
    { name: "contact", label: "Their contact", takes: "line" },
    reviewMonths,
  ],
  clocks: review,
  steps: registerSteps,
  checks: [{ name: "signed", label: "Signed by both" }],
  outcomes: [],
};

/** Holds stop disposal while they are in force. Source: Inquiries Act 2005 s 35; Records Management Code, appendix I. */
const hold: ListDefinition = {
  name: "hold",
  title: "Hold on disposal",
  plural: "Holds",
  prefix: "HLD",
  area: "retention",
  patient: "possible",
  begins: "draft",
  fields: [
    {
      name: "ground",
      label: "Why",
      takes: "choice",
      isNeeded: true,
      choices: [
        { value: "inquiry", label: "Public inquiry" },
        { value: "litigation", label: "Litigation" },
        { value: "complaint", label: "Complaint or investigation" },
        { value: "research", label: "Research, or worth keeping for good" },
      ],
    },
    {
      name: "what",
      label: "What it covers",
      takes: "text",
      isNeeded: true,
      hint: "Without a patient, it covers everybody",
    },
    reviewMonths,
  ],
  clocks: review,
  steps: registerSteps,
  checks: [],
  outcomes: [],
};

/** What is kept up rather than finished. */
export const registerLists: readonly ListDefinition[] = [impactAssessment, asset, flow, agreement, hold];

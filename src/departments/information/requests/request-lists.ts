import {
  acknowledgeComplaint,
  answerComplaint,
  answerFreedomOfInformation,
  answerInOneMonth,
  closeIncident,
  reportIncident,
} from "../clock/rules.ts";
import type { CheckDefinition, ListClock, ListDefinition } from "../lists/list-definition.ts";
import { requesterFields, requestSteps } from "./request-fields.ts";

const oneMonth: readonly ListClock[] = [{ rule: answerInOneMonth, startsBy: "received", endsBy: "closed" }];
const identity: CheckDefinition = { name: "identity", label: "Who asks is who they say", isNeeded: true };
const authority: CheckDefinition = { name: "authority", label: "They may act for the person" };
const told: CheckDefinition = { name: "told", label: "The person was told of the right to complain", isNeeded: true };

const subjectAccess: ListDefinition = {
  name: "subject-access",
  title: "Subject access request",
  plural: "Subject access",
  prefix: "SAR",
  area: "requests",
  patient: "needed",
  begins: "received",
  fields: [
    ...requesterFields,
    { name: "from", label: "From when", takes: "day", hint: "Left empty: from the beginning" },
    { name: "to", label: "To when", takes: "day" },
  ],
  clocks: oneMonth,
  steps: requestSteps,
  checks: [identity, authority, { name: "scope", label: "What is asked for is clear" }, told],
  outcomes: [
    { value: "given", label: "All that is held was given" },
    { value: "given-in-part", label: "Given, with parts withheld" },
    { value: "nothing-held", label: "Nothing is held" },
    { value: "withdrawn", label: "Withdrawn" },
  ],
};

const rectification: ListDefinition = {
  name: "rectification",
  title: "Request to correct a record",
  plural: "Rectification",
  prefix: "REC",
  area: "requests",
  patient: "needed",
  begins: "received",
  fields: [...requesterFields, { name: "said", label: "What the record says now", takes: "text" }],
  clocks: oneMonth,
  steps: requestSteps,
  checks: [
    identity,
    { name: "author", label: "Whoever wrote it was asked" },
    { name: "recipients", label: "Those who were sent it were told" },
    told,
  ],
  outcomes: [
    { value: "corrected", label: "Corrected" },
    { value: "noted", label: "Not changed; the person's view was added" },
    { value: "withdrawn", label: "Withdrawn" },
  ],
};

const restriction: ListDefinition = {
  name: "restriction",
  title: "Request to restrict processing",
  plural: "Restriction",
  prefix: "RES",
  area: "requests",
  patient: "needed",
  begins: "received",
  fields: requesterFields,
  clocks: oneMonth,
  steps: [...requestSteps, "mark", "unmark"],
  checks: [identity, { name: "recipients", label: "Those who were sent the data were told" }, told],
  outcomes: [
    { value: "restricted", label: "Restricted", isMarked: true },
    { value: "lifted", label: "Restricted, and lifted since", isMarked: false },
    { value: "withdrawn", label: "Withdrawn" },
  ],
  markOf: { code: "restriction", text: "Processing is restricted (UK GDPR article 18)" },
};

const objection: ListDefinition = {
  name: "objection",
  title: "Objection to processing",
  plural: "Objection",
  prefix: "OBJ",
  area: "requests",
  patient: "needed",
  begins: "received",
  fields: requesterFields,
  clocks: oneMonth,
  steps: [...requestSteps, "mark", "unmark"],
  checks: [identity, { name: "grounds", label: "Compelling grounds to go on were weighed", isNeeded: true }, told],
  outcomes: [
    { value: "upheld", label: "Upheld: not used for research and planning", isMarked: true },
    { value: "overridden", label: "Compelling grounds prevail" },
    { value: "withdrawn", label: "Withdrawn" },
  ],
  markOf: { code: "objection", text: "The patient objects to processing (UK GDPR article 21)" },
};

const erasure: ListDefinition = {
  name: "erasure",
  title: "Request to erase data",
  plural: "Erasure",
  prefix: "ERA",
  area: "requests",
  patient: "needed",
  begins: "received",
  fields: [...requesterFields, { name: "what", label: "Which documents, and why they should go", takes: "text" }],
  clocks: oneMonth,
  steps: [...requestSteps, "mark", "unmark"],
  checks: [
    identity,
    { name: "needed", label: "Whether care, public health or a legal claim needs them was weighed", isNeeded: true },
    { name: "second", label: "A second person agrees with the outcome", isNeeded: true, byAnother: true },
    { name: "recipients", label: "Those who were sent the data were told" },
    told,
  ],
  outcomes: [
    { value: "kept", label: "Kept: the law asks for it (UK GDPR article 17(3))" },
    { value: "restricted", label: "Kept, and processing restricted instead", isMarked: true },
    {
      value: "out-of-use",
      label: "Deleted documents: no longer found or shown; earlier versions stay in the database",
    },
    { value: "withdrawn", label: "Withdrawn" },
  ],
  markOf: { code: "restriction", text: "Processing is restricted instead of erasure (UK GDPR article 18)" },
};

const complaint: ListDefinition = {
  name: "complaint",
  title: "Data protection complaint",
  plural: "Complaints",
  prefix: "COM",
  area: "requests",
  patient: "possible",
  begins: "received",
  fields: requesterFields,
  clocks: [
    { rule: acknowledgeComplaint, startsBy: "received", endsBy: "acknowledged" },
    { rule: answerComplaint, startsBy: "received", endsBy: "closed" },
  ],
  steps: requestSteps,
  checks: [{ name: "investigated", label: "Investigated", isNeeded: true }, told],
  outcomes: [
    { value: "upheld", label: "Upheld" },
    { value: "in-part", label: "Upheld in part" },
    { value: "not-upheld", label: "Not upheld" },
    { value: "withdrawn", label: "Withdrawn" },
  ],
};

const freedomOfInformation: ListDefinition = {
  name: "foi",
  title: "Freedom of Information request",
  plural: "Freedom of Information",
  prefix: "FOI",
  area: "requests",
  patient: "none",
  begins: "received",
  fields: requesterFields.filter(({ name }) => name !== "relation"),
  clocks: [{ rule: answerFreedomOfInformation, startsBy: "received", endsBy: "closed" }],
  steps: requestSteps,
  checks: [
    { name: "holders", label: "Those who hold the information were asked" },
    { name: "exemptions", label: "Exemptions and the public interest were weighed", isNeeded: true },
    { name: "small-numbers", label: "Small numbers were suppressed" },
  ],
  outcomes: [
    { value: "disclosed", label: "Disclosed" },
    { value: "in-part", label: "Disclosed in part" },
    { value: "not-held", label: "Not held" },
    { value: "withdrawn", label: "Withdrawn" },
  ],
};

const incident: ListDefinition = {
  name: "incident",
  title: "Incident",
  plural: "Incidents",
  prefix: "INC",
  area: "requests",
  patient: "possible",
  begins: "received",
  fields: [
    { name: "what", label: "What happened", takes: "text", isNeeded: true },
    {
      name: "nature",
      label: "What was harmed",
      takes: "choice",
      isNeeded: true,
      choices: [
        { value: "confidentiality", label: "Confidentiality: somebody saw what they should not" },
        { value: "integrity", label: "Integrity: data was changed that should not be" },
        { value: "availability", label: "Availability: data was not there when it was needed" },
      ],
    },
    { name: "people", label: "How many people it concerns", takes: "number" },
    {
      name: "risk",
      label: "Risk to people",
      takes: "choice",
      choices: [
        { value: "unlikely", label: "Unlikely" },
        { value: "likely", label: "Likely" },
        { value: "high", label: "High: the people must be told" },
      ],
    },
    { name: "contained", label: "What was done at once", takes: "text" },
  ],
  clocks: [
    { rule: reportIncident, startsBy: "received", endsBy: "reported" },
    { rule: closeIncident, startsBy: "received", endsBy: "closed" },
  ],
  steps: ["begin", "report", "not-report", "wait", "resume", "finish", "reopen"],
  checks: [
    { name: "contained", label: "Contained", isNeeded: true },
    { name: "assessed", label: "The risk to people was assessed", isNeeded: true },
    { name: "people-told", label: "The people it concerns were told, where the risk is high" },
    { name: "learnt", label: "What was learnt is written down" },
  ],
  outcomes: [
    { value: "reported", label: "Reported to the ICO" },
    { value: "internal", label: "Dealt with inside the hospital" },
    { value: "none", label: "No incident" },
  ],
};

/** What people ask for, and what went wrong, in the order of the page. */
export const requestLists: readonly ListDefinition[] = [
  subjectAccess,
  rectification,
  restriction,
  objection,
  erasure,
  complaint,
  freedomOfInformation,
  incident,
];

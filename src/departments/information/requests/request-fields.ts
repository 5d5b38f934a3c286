import type { StepName } from "../lists/life.ts";
import type { ListField } from "../lists/list-definition.ts";

/** Who asks, and how they are reached: of every request by a person. */
export const requesterFields: readonly ListField[] = [
  { name: "requester", label: "Who asks", takes: "line", isNeeded: true },
  {
    name: "relation",
    label: "On whose behalf",
    takes: "choice",
    choices: [
      { value: "self", label: "For themselves" },
      { value: "parent", label: "A parent for a child" },
      { value: "attorney", label: "By power of attorney or order of a court" },
      { value: "solicitor", label: "A solicitor or other representative" },
      { value: "deceased", label: "For somebody who has died" },
    ],
  },
  { name: "contact", label: "How to reach them", takes: "line" },
  { name: "wants", label: "What they ask for", takes: "text", isNeeded: true },
];

export const requestSteps: readonly StepName[] = [
  "acknowledge",
  "begin",
  "wait",
  "resume",
  "extend",
  "finish",
  "refuse",
  "reopen",
];

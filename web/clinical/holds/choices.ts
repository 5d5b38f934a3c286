import type { HeldMessageView, PatientRow } from "#departments/clinical/api";
import type { Decision } from "./hold-queries.ts";

export type Choice = "confirm" | "as-is" | "to-patient" | "reject";

export interface ChoiceView {
  readonly name: Choice;
  readonly action: Decision["action"];
  readonly label: string;
  /** What it means, or why it cannot be chosen. */
  readonly note: string;
  readonly disabled: boolean;
  /** Nothing is recorded before somebody else confirms. */
  readonly isProposal: boolean;
}

/** What this person may do with the message now. `me`: their reference, as proposals name it. */
export function choicesOf(hold: HeldMessageView, me: string): readonly ChoiceView[] {
  return [...confirmChoice(hold, me), ...releaseChoices(hold), rejectChoice];
}

const rejectChoice: ChoiceView = {
  name: "reject",
  action: "reject",
  label: "Reject it for good",
  note: "Nothing of it is recorded. What waits behind it goes on.",
  disabled: false,
  isProposal: false,
};

function confirmChoice({ proposal, earlier }: HeldMessageView, me: string): readonly ChoiceView[] {
  if (proposal === undefined) return [];
  const isMine = proposal.by === me;
  const disabled = isMine || earlier.length > 0;
  const note = isMine ? "Somebody else has to confirm what you proposed." : "You have looked at both, and agree.";
  return [
    {
      name: "confirm",
      action: "confirm",
      label: `Confirm what ${proposal.display} proposed`,
      note: earlier.length > 0 ? firstNote : note,
      disabled,
      isProposal: false,
    },
  ];
}

const firstNote = "An earlier message of the same order is held: decide on that one first.";

function releaseChoices({ release, earlier }: HeldMessageView): readonly ChoiceView[] {
  const choices: ChoiceView[] = [];
  const disabled = earlier.length > 0;
  if (release.asIs) {
    const isProposal = release.people === 2;
    choices.push({
      name: "as-is",
      action: "release",
      label: "Release it as it is",
      note: disabled
        ? firstNote
        : isProposal
          ? `For the patient of its numbers. ${twoNote}`
          : "It is taken as it stands.",
      disabled,
      isProposal,
    });
  }
  if (release.toPatient) {
    choices.push({
      name: "to-patient",
      action: "release",
      label: "Release it to a patient you choose",
      note: disabled ? firstNote : twoNote,
      disabled,
      isProposal: true,
    });
  }
  return choices;
}

const twoNote = "A second person has to confirm it.";

interface Given {
  readonly patient: PatientRow | undefined;
  readonly comment: string;
  readonly commentMin: number;
}

/** Whether all that a choice needs is given. */
export function readyFor(choice: ChoiceView | undefined, { patient, comment, commentMin }: Given): boolean {
  if (choice === undefined || choice.disabled || comment.trim().length < commentMin) return false;
  return choice.name !== "to-patient" || patient !== undefined;
}

/** The word on the button. */
export function submitWord(choice: ChoiceView | undefined): string {
  if (choice === undefined) return "Decide";
  if (choice.name === "reject") return "Reject";
  if (choice.name === "confirm") return "Confirm";
  return choice.isProposal ? "Propose" : "Release";
}

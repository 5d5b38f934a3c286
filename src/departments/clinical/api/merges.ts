import { z } from "zod";
import { pageQuery } from "./page.ts";

/** `state`: merges in it alone. `patient`: the id of one whom they concern. */
export const mergesQuery = pageQuery.extend({
  state: z.enum(["moving", "merged", "undoing", "undone"]).optional(),
  patient: z.string().optional(),
});

/** Why a merge is to be undone, in the words of whoever asks. */
export const undoBody = z.object({ reason: z.string().trim().min(3).max(500) });

export interface MergesPage {
  /** Newest first. */
  readonly merges: readonly MergeView[];
  readonly next?: string;
}

export interface MergeView {
  readonly id: string;
  readonly state: "moving" | "merged" | "undoing" | "undone";
  /** Whose numbers ceased. */
  readonly discarded: MergePatientView;
  readonly survivor: MergePatientView;
  readonly effectiveAt?: string;
  readonly recordedAt: string;
  /** `A40`. */
  readonly event: string;
  /** Id of the LinkMessage that told of it. */
  readonly messageId: string;
  /** Resources that were moved so far. */
  readonly moved: number;
  readonly undo?: UndoView;
}

export interface MergePatientView {
  readonly id: string;
  /** The numbers by which the message named the patient. */
  readonly numbers: readonly string[];
}

export interface UndoView {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  /** Resources that were given back so far. */
  readonly returned: number;
  /** To be looked at by a person: `came-after` stays with the survivor, `changed-since` went back as it is now. */
  readonly review: readonly { readonly reference: string; readonly why: "came-after" | "changed-since" }[];
}

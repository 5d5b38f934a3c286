import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { RequestFailed } from "../parts/request/request-failed.ts";
import { meQuery } from "../shell/session/session.ts";
import { accountKey } from "./account-queries.ts";
import { ProofDialog } from "./proof-dialog.tsx";

export interface Proved<Given> {
  readonly isPending: boolean;
  readonly error: unknown;
  /** Stands somewhere on the page: the dialog, when the server asks for the password again. */
  readonly prompt: ReactNode;
  run(given: Given): void;
}

/** A change of one's own account; when the server wants the password first, it is asked for, and the change tried again. */
export function useProved<Given, Done>(
  act: (given: Given) => Promise<Done>,
  onDone?: (done: Done) => void,
): Proved<Given> {
  const client = useQueryClient();
  const [waiting, setWaiting] = useState<{ readonly given: Given } | undefined>(undefined);
  const change = useMutation({
    mutationFn: act,
    onSuccess: (done) => {
      onDone?.(done);
      void client.invalidateQueries({ queryKey: accountKey });
      // What one may do can change with it.
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
    },
    onError: (error, given) => {
      if (isProofNeeded(error)) setWaiting({ given });
    },
  });
  const proved = () => {
    const given = waiting;
    setWaiting(undefined);
    if (given !== undefined) change.mutate(given.given);
  };
  const prompt = waiting === undefined ? null : <ProofDialog onProved={proved} onClose={() => setWaiting(undefined)} />;
  const error = isProofNeeded(change.error) ? null : change.error;
  return { isPending: change.isPending, error, prompt, run: (given) => change.mutate(given) };
}

function isProofNeeded(error: unknown): boolean {
  return error instanceof RequestFailed && error.problem.code === "proof-needed";
}

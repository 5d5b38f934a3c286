import { Button } from "@mantine/core";
import type { SetUpView } from "#access/api";
import { FormFailure } from "../access/form-message.tsx";
import { sendJson } from "../parts/request/request.ts";
import { useProved } from "./use-proved.tsx";

interface RecoverySectionProps {
  readonly left: number;
  onCodes(codes: readonly string[]): void;
}

/** For the day when telephone and keys are lost. */
export function RecoverySection({ left, onCodes }: RecoverySectionProps) {
  const renew = useProved(
    () => sendJson<SetUpView>("POST", "/api/access/account/recovery-codes"),
    ({ recoveryCodes = [] }) => onCodes(recoveryCodes),
  );
  return (
    <section className="account-section" aria-labelledby="account-recovery">
      <h2 id="account-recovery">Recovery codes</h2>
      <p>
        {left === 1 ? "One code is" : `${left} codes are`} left. Each stands in for your second factor once. New codes
        take the place of the old ones.
      </p>
      <FormFailure error={renew.error} />
      <div className="account-actions">
        <Button variant="default" loading={renew.isPending} onClick={() => renew.run(undefined)}>
          Make new codes
        </Button>
      </div>
      {renew.prompt}
    </section>
  );
}

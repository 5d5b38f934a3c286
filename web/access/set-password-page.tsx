import { Button, PasswordInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Me, PasswordBody, SecondStepView } from "#access/api";
import { sendJson } from "../parts/request/request.ts";
import { meQuery } from "../shell/session/session.ts";
import { FormFailure } from "./form-message.tsx";
import { OutsidePage } from "./outside-page.tsx";
import { passwordStrength } from "./password-strength.ts";
import { SecondStep } from "./second-step.tsx";
import { useSignIn } from "./use-sign-in.ts";

/** By a one-time link, whose secret stands behind the `#`; without one, for who is signed in and knows the old password. */
export function SetPasswordPage() {
  const [link] = useState(() => window.location.hash.slice(1));
  return link === "" ? <ChangePassword /> : <SetByLink link={link} />;
}

function SetByLink({ link }: { readonly link: string }) {
  const { request: set, step } = useSetPassword();
  if (step !== undefined)
    return (
      <OutsidePage title="Second step">
        <SecondStep step={step} onAgain={() => window.location.assign("/sign-in")} />
      </OutsidePage>
    );
  return (
    <OutsidePage title="Choose your password">
      <PasswordForm
        pending={set.isPending}
        error={set.error}
        onSubmit={(form) => set.mutate({ link, newPassword: String(form.get("new-password")) })}
      />
    </OutsidePage>
  );
}

function ChangePassword() {
  const me = useQuery(meQuery);
  const { request: set } = useSetPassword();
  if (me.data === undefined)
    return (
      <OutsidePage title="Change your password">
        <p className="outside-advice">
          {me.isPending ? "One moment." : "Sign in first, or use the link that a system administrator sent you."}
        </p>
        {me.isPending ? null : <a href="/sign-in?back=%2Fset-password">Sign in</a>}
      </OutsidePage>
    );
  return (
    <OutsidePage title="Change your password">
      <PasswordForm
        withOld
        pending={set.isPending}
        error={set.error}
        onSubmit={(form) =>
          set.mutate({
            oldPassword: String(form.get("old-password")),
            newPassword: String(form.get("new-password")),
          })
        }
      />
    </OutsidePage>
  );
}

/** Sets it; the answer signs in, because a new password ends every session, or asks for the second factor. */
function useSetPassword() {
  return useSignIn((body: PasswordBody) => sendJson<Me | SecondStepView>("POST", "/api/access/password", body));
}

interface PasswordFormProps {
  readonly withOld?: boolean;
  readonly pending: boolean;
  readonly error: unknown;
  onSubmit(form: FormData): void;
}

function PasswordForm({ withOld = false, pending, error, onSubmit }: PasswordFormProps) {
  const [differs, setDiffers] = useState(false);
  const [typed, setTyped] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const same = form.get("new-password") === form.get("again");
    setDiffers(!same);
    if (same) onSubmit(form);
  };
  const toggle = { "aria-label": "Show the password" };
  return (
    <form className="outside-form" onSubmit={submit}>
      <FormFailure error={error} />
      <p className="outside-advice">Several words that you will remember make a good password.</p>
      {withOld ? (
        <PasswordInput
          label="Old password"
          name="old-password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={toggle}
        />
      ) : null}
      <PasswordInput
        label="New password"
        name="new-password"
        autoComplete="new-password"
        onChange={(event) => setTyped(event.currentTarget.value)}
        required
        withAsterisk={false}
        visibilityToggleButtonProps={toggle}
      />
      <PasswordStrength password={typed} />
      <PasswordInput
        label="New password again"
        name="again"
        autoComplete="new-password"
        required
        withAsterisk={false}
        error={differs ? "The two are not the same." : undefined}
        visibilityToggleButtonProps={toggle}
      />
      <Button type="submit" loading={pending} fullWidth>
        Set the password
      </Button>
    </form>
  );
}

/** How hard the new password is to guess, in words and as a bar. */
function PasswordStrength({ password }: { readonly password: string }) {
  const { score, words } = passwordStrength(password);
  return (
    <div className="outside-strength">
      <meter min={0} max={3} low={2} high={3} optimum={3} value={score} aria-label="Strength of the new password" />
      <span role="status">{password === "" ? "" : words}</span>
    </div>
  );
}

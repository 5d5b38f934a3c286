import { Button, PasswordInput, TextInput } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import type { FormEvent } from "react";
import type { Me, SecondStepView, SignInBody } from "#access/api";
import { passkeyHindrance } from "../account/passkey-support.ts";
import { Icon } from "../parts/icon/icon.tsx";
import { sendJson } from "../parts/request/request.ts";
import { FormFailure, FormNote } from "./form-message.tsx";
import { OutsidePage } from "./outside-page.tsx";
import { OutsideButton } from "./outside-sign-in.tsx";
import { SecondStep } from "./second-step.tsx";
import { signInByPasskey, useSignIn } from "./use-sign-in.ts";

const route = getRouteApi("/sign-in");

/**
 * User name and password, the second factor where there is one, or a passkey instead of both; and then the page that was
 * asked for, or the home page of the first role.
 */
export function SignInPage() {
  const { back } = route.useSearch();
  const { request, step, again } = useSignIn(
    (body: SignInBody) => sendJson<Me | SecondStepView>("POST", "/api/access/sign-in", body),
    back,
  );
  if (step === undefined) return <FirstStep signIn={request} />;
  return (
    <OutsidePage title="Second step">
      <SecondStep step={step} back={back} onAgain={again} />
    </OutsidePage>
  );
}

interface FirstStepProps {
  readonly signIn: ReturnType<typeof useSignIn<SignInBody>>["request"];
}

function FirstStep({ signIn }: FirstStepProps) {
  const { back, ended } = route.useSearch();
  const byPasskey = useSignIn(signInByPasskey, back).request;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ username: String(form.get("username")), password: String(form.get("password")) });
  };
  return (
    <OutsidePage title="Sign in">
      <form className="outside-form" onSubmit={submit}>
        {ended !== undefined && signIn.error === null ? (
          <FormNote>Your session has ended. Sign in to go on where you were.</FormNote>
        ) : null}
        <FormFailure error={signIn.error ?? byPasskey.error} />
        <OutsideButton back={back} />
        <TextInput
          label="User name"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
        />
        <Button type="submit" loading={signIn.isPending} fullWidth>
          Sign in
        </Button>
        {passkeyHindrance() === undefined ? (
          <Button
            variant="default"
            leftSection={<Icon name="key" size={16} />}
            loading={byPasskey.isPending}
            onClick={() => byPasskey.mutate()}
            fullWidth
          >
            Sign in with a passkey
          </Button>
        ) : null}
        <p className="outside-advice">Forgotten your password? A system administrator can send you a link.</p>
      </form>
    </OutsidePage>
  );
}

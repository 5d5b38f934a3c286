import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import type { FormEvent } from "react";
import type { Me, SignInBody } from "#access/api";
import { sendJson } from "../parts/request/request.ts";
import { meQuery } from "../shell/session/session.ts";
import { FormFailure, FormNote } from "./form-message.tsx";
import { OutsidePage } from "./outside-page.tsx";

const route = getRouteApi("/sign-in");

/** User name and password, and then the page that was asked for, or the home page of the first role. */
export function SignInPage() {
  const { back, ended } = route.useSearch();
  const client = useQueryClient();
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: (body: SignInBody) => sendJson<Me>("POST", "/api/access/sign-in", body),
    onSuccess: (me) => {
      client.setQueryData(meQuery.queryKey, me);
      router.history.push(back ?? me.home);
    },
  });
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
        <FormFailure error={signIn.error} />
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
        <p className="outside-advice">Forgotten your password? A system administrator can send you a link.</p>
      </form>
    </OutsidePage>
  );
}

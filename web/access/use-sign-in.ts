import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from "@simplewebauthn/browser";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { Me, PasskeyOfferView, SecondStepView } from "#access/api";
import { passkeyTrouble } from "../account/passkey-support.ts";
import { sendJson } from "../parts/request/request.ts";
import { meQuery } from "../shell/session/session.ts";

type SignInAnswer = Me | SecondStepView;

/** What is sent to sign in, by whatever; the answer either opens the app or asks for the second step. */
export function useSignIn<Given>(act: (given: Given) => Promise<SignInAnswer>, back?: string) {
  const client = useQueryClient();
  const router = useRouter();
  const [step, setStep] = useState<SecondStepView | undefined>(undefined);
  const request = useMutation({
    mutationFn: act,
    onSuccess: (answer) => {
      if ("next" in answer) return setStep(answer);
      client.setQueryData(meQuery.queryKey, answer);
      router.history.push(answer.mustSetUpSecondFactor ? answer.home : (back ?? answer.home));
    },
  });
  return { request, step, again: () => setStep(undefined) };
}

/** Without a name: the browser asks its owner which passkey. */
export async function signInByPasskey(): Promise<Me> {
  const { ticket, options } = await sendJson<PasskeyOfferView>("POST", "/api/access/sign-in/passkey/offer");
  return sendJson("POST", "/api/access/sign-in/passkey", { ticket, passkey: await signed(options) });
}

/** What a passkey signs of what the server asked. */
export async function signed(options: object) {
  try {
    return await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
  } catch (error) {
    throw passkeyTrouble(error);
  }
}

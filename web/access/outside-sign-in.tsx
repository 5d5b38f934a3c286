import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { OutsideBeginView, OutsideView } from "#access/api";
import { Icon } from "../parts/icon/icon.tsx";
import { getJson, sendJson } from "../parts/request/request.ts";
import { isOwnPath } from "../shell/search-values.ts";
import { FormFailure } from "./form-message.tsx";

export const outsideQuery = queryOptions({
  queryKey: ["access", "outside"],
  queryFn: ({ signal }) => getJson<OutsideView>("/api/access/outside", signal),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

/** Where a page was asked for before signing in, until the provider sends the browser back. Holds no person's data. */
const backKey = "corridor.back";

/** The way in through the hospital's own provider; nothing where there is none. */
export function OutsideButton({ back }: { readonly back?: string | undefined }) {
  const outside = useQuery(outsideQuery);
  const begin = useMutation({
    mutationFn: () => sendJson<OutsideBeginView>("POST", "/api/access/outside/begin"),
    onSuccess: ({ address }) => {
      keepBack(back);
      window.location.assign(address);
    },
  });
  const name = outside.data?.name;
  if (name === undefined) return null;
  return (
    <>
      <FormFailure error={begin.error} />
      <Button
        leftSection={<Icon name="key" size={16} />}
        loading={begin.isPending}
        onClick={() => begin.mutate()}
        fullWidth
      >
        Sign in with {name}
      </Button>
      <p className="outside-or">or with an account of Corridor's own</p>
    </>
  );
}

/** Notes the page to go to once the provider has sent the browser back. */
export function keepBack(back: string | undefined): void {
  if (back === undefined) window.sessionStorage.removeItem(backKey);
  else window.sessionStorage.setItem(backKey, back);
}

/** The page that was asked for, once. Undefined where none was, or what is kept is no page of ours. */
export function takeBack(): string | undefined {
  const back = window.sessionStorage.getItem(backKey) ?? undefined;
  window.sessionStorage.removeItem(backKey);
  return back !== undefined && isOwnPath(back) ? back : undefined;
}

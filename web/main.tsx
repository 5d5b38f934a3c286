import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./shell/mantine.css";
import "./shell/base.css";
import { isSessionEnded, RequestFailed } from "./parts/request/request-failed.ts";
import { buildRouter } from "./shell/router.tsx";
import { afterSignIn } from "./shell/search-values.ts";
import { colourSchemeManager, cssVariables, theme } from "./shell/theme.ts";

const client = new QueryClient({
  defaultOptions: { queries: { retry: retryable, refetchOnWindowFocus: false, staleTime: 5_000 } },
  queryCache: new QueryCache({ onError: leaveWhenSessionEnded }),
  mutationCache: new MutationCache({ onError: leaveWhenSessionEnded }),
});
const router = buildRouter(client);

/** A second and a third try only where waiting may help. */
function retryable(failures: number, error: unknown): boolean {
  const category = error instanceof RequestFailed ? error.problem.category : "fault";
  return failures < 2 && (category === "busy" || category === "unavailable");
}

/** To the sign-in page, and from there back to this page. What was read is forgotten: the next person may be another. */
function leaveWhenSessionEnded(error: unknown): void {
  const here = router.state.location;
  if (!isSessionEnded(error) || here.pathname === "/sign-in" || here.pathname === "/set-password") return;
  if (client.getQueryData(["access", "me"]) === undefined) return;
  client.clear();
  void router.navigate({ to: "/sign-in", search: { ...afterSignIn({ back: here.href }), ended: "yes" } });
}

const root = document.getElementById("root");
if (root === null) throw new Error("The page has no element with the id root.");
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colourSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

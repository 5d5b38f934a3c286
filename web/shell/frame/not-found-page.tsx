import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import "./frame.css";

export function NotFoundPage() {
  const home = (
    <Button component={Link} to="/" variant="default" size="xs">
      Go to the home page
    </Button>
  );
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1 className="visually-hidden">Page not found</h1>
      <EmptyPanel icon="search" title="There is no page at this address" action={home}>
        Check the address, or find the patient or message with the search.
      </EmptyPanel>
    </main>
  );
}

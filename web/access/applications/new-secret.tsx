import { Button } from "@mantine/core";

interface NewSecretProps {
  readonly name: string;
  readonly secret: string;
  onClose(): void;
}

/** Shown this once: the record keeps its hash alone. */
export function NewSecret({ name, secret, onClose }: NewSecretProps) {
  return (
    <section className="users-link" aria-label="Secret of the application">
      <p>
        The secret of <strong>{name}</strong>. It is shown this once: hand it to the people who run the application.
      </p>
      <p className="users-link-text">{secret}</p>
      <Button size="xs" variant="default" onClick={onClose}>
        I have handed it over
      </Button>
    </section>
  );
}

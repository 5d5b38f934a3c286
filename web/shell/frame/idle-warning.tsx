import { Button, Modal, Text } from "@mantine/core";

interface IdleWarningProps {
  onStay(): void;
}

/** Asks whether anybody is still there, while there is time to say so. */
export function IdleWarning({ onStay }: IdleWarningProps) {
  return (
    <Modal opened onClose={onStay} title="Are you still there?" withCloseButton={false}>
      <Text>Nobody has touched this screen for nearly half an hour. It is signed out in two minutes.</Text>
      <Button mt="md" onClick={onStay} data-autofocus>
        Stay signed in
      </Button>
    </Modal>
  );
}

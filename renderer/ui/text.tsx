import { Text } from '@mantine/core';

/** What stands beside the matter: dimmed. */
export const Note = Text.withProps({ size: 'sm', c: 'dimmed' });
/** Fine print. */
export const Fine = Text.withProps({ size: 'xs', c: 'dimmed' });
export const Strong = Text.withProps({ size: 'sm', fw: 600 });

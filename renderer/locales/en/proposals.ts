export const proposals = { title: '' };

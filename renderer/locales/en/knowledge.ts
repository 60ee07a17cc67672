export const knowledge = { title: '' };

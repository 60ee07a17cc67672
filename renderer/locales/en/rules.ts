export const rules = { title: '' };

export const company = { title: '' };

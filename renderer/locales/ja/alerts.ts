export const alerts = { title: '' };

export const history = { title: '' };

export function KnowledgeScreen() {
  return null;
}

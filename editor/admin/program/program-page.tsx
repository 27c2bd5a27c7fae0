export default function ProgramPage(_: any) {
  return null;
}

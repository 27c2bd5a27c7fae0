export default function Versions(_: any) {
  return null;
}

"""No include cycle between files, and none between folders."""

from source_tree import Violation, parent

FOLDERS = ("app", "models", "sim")


def find_cycles(graph):
    """The strongly connected components with more than one node, and nodes that point to themselves (Tarjan 1972).

    `graph` maps a node to the set of nodes it points to. Iterative: include chains can be deep.
    """
    index, low, on_stack, stack, cycles = {}, {}, set(), [], []
    for root in sorted(graph):
        if root in index:
            continue
        work = [(root, iter(sorted(graph.get(root, ()))))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    if len(component) > 1 or node in graph.get(node, ()):
                        cycles.append(sorted(component))
            elif target not in index:
                index[target] = low[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                work.append((target, iter(sorted(graph.get(target, ())))))
            elif target in on_stack:
                low[node] = min(low[node], index[target])
    return sorted(cycles)


def check_file_cycles(tree):
    graph = {path: {target for _, target in tree.project_includes(path)} for path in tree.cpp_files(*FOLDERS)}
    for cycle in find_cycles(graph):
        yield Violation(cycle[0], 0, f"is in an include cycle of files: {' <-> '.join(cycle)}")


def check_folder_cycles(tree):
    """Headers and sources count alike: a source that reaches back makes two folders one.

    The program is left out: its main() stands above its commands, which share what lies beside it.
    """
    graph, example = {}, {}
    for path in tree.cpp_files("models", "sim"):
        folder = parent(path)
        graph.setdefault(folder, set())
        for line, target in tree.project_includes(path):
            if parent(target) != folder:
                graph[folder].add(parent(target))
                example.setdefault((folder, parent(target)), Violation(path, line, f"includes {target}"))
    for cycle in find_cycles(graph):
        edges = [str(place) for (start, end), place in sorted(example.items()) if start in cycle and end in cycle]
        yield Violation(cycle[0], 0, f"is in an include cycle of folders: {'; '.join(edges)}")

#include <algorithm>

#include <fmt/format.h>

#include "compiler/analyze/revision.h"
#include "compiler/analyze/targets.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "schema/edit/rename.h"

namespace schemac::analyze {

using schema::ObjectAddress;

namespace {

class EnumEditor {
 public:
  EnumEditor(Context& context, const ObjectAddress& address) : context_(context), address_(address) {}

  void Apply(const ast::AlterEnum::Add& add) {
    if (!IsFree(add.label)) return;
    auto place = Labels().end();
    if (const auto& neighbour = add.before ? add.before : add.after) {
      place = Find(*neighbour);
      if (place == Labels().end()) return;
      if (add.after) ++place;
    }
    Labels().insert(place, add.label.text);
  }

  void Apply(const ast::AlterEnum::RenameLabel& rename) {
    if (Find(rename.from) == Labels().end() || !IsFree(rename.to)) return;
    const auto former = Former(rename.from.text);
    schema::Rename label{address_, address_};
    label.from.member = rename.from.text;
    label.to.member = rename.to.text;
    // Whatever means the label goes on meaning it.
    if (const auto done = schema::ApplyRename(context_.catalog, label); !done) {
      return context_.Report(Diagnostic(done.error().kind, rename.from.span, done.error().message));
    }
    auto& mapping = context_.intent.labels[address_];
    mapping.renamed[former] = rename.to.text;
    for (auto& [removed, heir] : mapping.removed) {
      if (heir == rename.from.text) heir = rename.to.text;
    }
  }

  void Apply(const ast::AlterEnum::DropLabel& drop) {
    const auto label = Find(drop.label);
    if (label == Labels().end()) return;
    if (drop.map_to && (Find(*drop.map_to) == Labels().end() || !IsOther(drop))) return;
    const std::string former = Former(drop.label.text);
    Labels().erase(label);
    auto& mapping = context_.intent.labels[address_];
    mapping.renamed.erase(former);
    for (auto heir = mapping.removed.begin(); heir != mapping.removed.end();) {
      if (heir->second == drop.label.text && !drop.map_to) {
        heir = mapping.removed.erase(heir);
        continue;
      }
      if (heir->second == drop.label.text) heir->second = drop.map_to->text;
      ++heir;
    }
    if (drop.map_to) mapping.removed[former] = drop.map_to->text;
  }

  void Apply(const ast::AlterEnum::Reorder& reorder) {
    std::vector<std::string> wanted;
    for (const ast::Name& label : reorder.labels) {
      if (Find(label) == Labels().end()) return;
      wanted.push_back(label.text);
    }
    std::vector<std::string> sorted = wanted;
    std::vector<std::string> present = Labels();
    std::sort(sorted.begin(), sorted.end());
    std::sort(present.begin(), present.end());
    if (sorted == present) {
      Labels() = std::move(wanted);
      return;
    }
    const Span place = Cover(reorder.labels.front().span, reorder.labels.back().span);
    context_.Report(
        Diagnostic(DiagnosticKind::InvalidDefinition, place, "the order must name each label once"));
  }

 private:
  std::vector<std::string>::iterator Find(const ast::Name& label) {
    const auto found = std::find(Labels().begin(), Labels().end(), label.text);
    if (found != Labels().end()) return found;
    const std::string nearest = Nearest(label.text, Labels());
    context_.Report(
        Diagnostic(DiagnosticKind::UnknownName, label.span,
                   fmt::format("no label {} in enum {}", Quoted(label.text), Quoted(address_.name)))
            .Fix(nearest.empty() ? "" : fmt::format("write {}", nearest)));
    return found;
  }

  bool IsFree(const ast::Name& label) {
    if (!context_.CheckLabel(label)) return false;
    if (std::find(Labels().begin(), Labels().end(), label.text) == Labels().end()) return true;
    context_.Report(Diagnostic(
        DiagnosticKind::DuplicateName, label.span,
        fmt::format("enum {} already has the label {}", Quoted(address_.name), Quoted(label.text))));
    return false;
  }

  bool IsOther(const ast::AlterEnum::DropLabel& drop) {
    if (drop.map_to->text != drop.label.text) return true;
    context_.Report(Diagnostic(DiagnosticKind::InvalidDefinition, drop.map_to->span,
                               "a label that goes cannot be what its rows get"));
    return false;
  }

  // What the label was called before this revision.
  [[nodiscard]] std::string Former(const std::string& label) const {
    const auto mapping = context_.intent.labels.find(address_);
    if (mapping == context_.intent.labels.end()) return label;
    for (const auto& [from, to] : mapping->second.renamed) {
      if (to == label) return from;
    }
    return label;
  }

  std::vector<std::string>& Labels() { return context_.catalog.GetMutable<schema::Enum>(address_)->labels; }

  Context& context_;
  const ObjectAddress& address_;
};

}  // namespace

void AlterEnumLabels(Context& context, const ast::AlterEnum& alter, std::size_t action,
                     const Namespace& where) {
  ast::Target target;
  target.kind = {"enum", alter.name.span};
  target.name = alter.name;
  target.span = alter.name.span;
  const auto& chosen = alter.actions.at(action);
  if (const auto* comment = std::get_if<ast::SetComment>(&chosen))
    return CommentOn(context, target, *comment, where);
  const auto address = FindTarget(context, target, where);
  if (!address || context.catalog.Get<schema::Enum>(*address) == nullptr) return;
  EnumEditor editor(context, *address);
  std::visit(Overloaded{
                 [&](const ast::AlterEnum::Add& add) { editor.Apply(add); },
                 [&](const ast::AlterEnum::RenameLabel& rename) { editor.Apply(rename); },
                 [&](const ast::AlterEnum::DropLabel& drop) { editor.Apply(drop); },
                 [&](const ast::AlterEnum::Reorder& reorder) { editor.Apply(reorder); },
                 [](const ast::SetComment&) {},
             },
             chosen);
}

}  // namespace schemac::analyze

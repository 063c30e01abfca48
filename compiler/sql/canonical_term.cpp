#include "compiler/sql/canonical_term.h"

#include "schema/stored_form.h"

namespace schemac::sql {

Term* Terms::Node(std::string_view head, TypeKey type, std::vector<Term*> children) {
  Term& term = terms_.emplace_back();
  term.head = head;
  term.type = std::move(type);
  term.children = std::move(children);
  return &term;
}

std::string CanonicalValue(std::string_view value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\\' || c == '\'') text += '\\';
    if (c == '\x01' || c == schema::kStoredCastMark || c == schema::kExactMark) {
      text += '\\';
      text += static_cast<char>('0' + c);
    } else {
      text += c;
    }
  }
  return text + '\'';
}

void CanonicalWriter::WriteMention(const Mention& mention) {
  form_.text += '\x01';
  form_.mentions.push_back(mention);
}

void CanonicalWriter::WriteMentionInSet(const Mention& mention) {
  form_.text += '\x02';
  WriteMention(mention);
}

void CanonicalWriter::WriteType(const TypeKey& type, std::string_view modifiers,
                                const std::optional<Mention>& spelled) {
  const TypeKey element = ElementOf(type);
  const TypeKey& base = element.empty() ? type : element;
  if (!IsUserKey(base)) {
    form_.text += base;
  } else if (spelled) {
    WriteMention(*spelled);
  } else {
    const schema::Type parts = TypeOf(base);
    const auto address =
        types_.catalog() == nullptr ? std::nullopt : types_.catalog()->FindType({parts.schema, parts.name});
    if (address) {
      WriteMention({*address, 0, 0});
    } else {
      WriteValue(parts.schema == "public" ? parts.name : parts.schema + "." + parts.name);
    }
  }
  if (!modifiers.empty()) {
    form_.text += '(';
    form_.text += modifiers;
    form_.text += ')';
  }
  if (!element.empty()) form_.text += "[]";
}

// The label says of which enum it is; a domain over it has to be told.
void CanonicalWriter::WriteLabel(const Term& term) {
  form_.text += "(label ";
  WriteMention(*term.mention);
  const schema::Type type = TypeOf(term.type);
  if (schema::QualifiedName{type.schema, type.name} != term.mention->target.qualified()) {
    form_.text += ' ';
    WriteType(term.type, {}, term.type_mention);
  }
  form_.text += ')';
}

void CanonicalWriter::Write(const Term& term, bool bare_constant) {
  switch (term.kind) {
    case TermKind::Literal:
      WriteValue(term.value);
      return;
    case TermKind::Null:
      form_.text += "null";
      return;
    case TermKind::Constant:
      if (term.mention && schema::IsLabel(term.mention->target)) {
        WriteLabel(term);
        return;
      }
      if (term.mention) {  // 'name'::regclass
        form_.text += "(" + term.type + " ";
        WriteMention(*term.mention);
        form_.text += ')';
        return;
      }
      if (term.is_null) {
        form_.text += "null";
      } else {
        WriteValue(term.value);
      }
      if (!bare_constant) {
        form_.text += ':';
        WriteType(term.type, {}, term.type_mention);
      }
      if (term.stored_cast) form_.text += schema::kStoredCastMark;
      return;
    case TermKind::Cast:
      form_.text += "(:: ";
      WriteType(term.type, term.modifiers, term.type_mention);
      form_.text += ' ';
      Write(*term.children.front());
      form_.text += ')';
      return;
    case TermKind::Node:
      break;
  }
  form_.text += '(';
  form_.text += term.head;
  if (term.stored_cast) form_.text += schema::kStoredCastMark;
  if (term.mention) {
    form_.text += ' ';
    WriteMention(*term.mention);
  }
  if (!term.value.empty()) {
    form_.text += ' ';
    WriteValue(term.value);
  }
  for (const Term* child : term.children) {
    form_.text += ' ';
    Write(*child);
  }
  form_.text += ')';
}

}  // namespace schemac::sql

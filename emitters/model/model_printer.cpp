#include "emitters/model/model_printer.h"

#include <array>
#include <map>
#include <set>
#include <utility>

#include "compiler/support/characters.h"
#include "compiler/support/quote.h"
#include "emitters/model/item_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

// A model reads from what others rest upon to what rests on others.
constexpr std::array<ObjectKind, 11> kOrder = {
    ObjectKind::Collation, ObjectKind::Enum,     ObjectKind::Composite, ObjectKind::Range,
    ObjectKind::Domain,    ObjectKind::Sequence, ObjectKind::Function,  ObjectKind::Aggregate,
    ObjectKind::Table,     ObjectKind::View,     ObjectKind::Statistics};

// Default privileges name a schema without living in it.
std::string SchemaOf(const schema::Object& object) {
  return std::holds_alternative<schema::DefaultPrivileges>(object) ? std::string()
                                                                   : schema::AddressOf(object).schema;
}

constexpr const char* kDatabaseFile = "database";

// What the file is called that an object of this kind stands in.
std::string_view SubjectOf(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Collation:
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
      return "types";
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      return "functions";
    case ObjectKind::View:
      return "views";
    case ObjectKind::SeedRow:
      return "rows";
    default:
      return "tables";
  }
}

// The schema's name where a file's may hold other characters, or means the same in another case.
std::string FolderName(const std::string& schema) {
  std::string name;
  for (const char byte : schema) {
    const bool is_kept = IsLower(byte) || IsDigit(byte) || byte == '_';
    name += is_kept ? byte : '-';
  }
  return name;
}

class Printer {
 public:
  // Either one text, or a file for each subject.
  Printer(const schema::Catalog& catalog, bool split) : catalog_(catalog), names_(catalog), split_(split) {}

  std::vector<ModelFile> Run() {
    Sort();
    Open(kDatabaseFile, "public");
    PrintGlobals(ObjectKind::Extension);
    std::vector<std::string> apart;  // Schemas that are empty or hold names that public has too.
    for (const auto& [address, object] : catalog_.objects()) {
      if (address.kind != ObjectKind::Schema) continue;
      if (address.name == "public") {
        PrintPublic(object);
      } else if (split_ || Clashes(address.name) || !by_schema_.contains(address.name)) {
        apart.push_back(address.name);
      }
    }
    for (const std::string& name : apart) PrintSchema(name);
    if (!apart.empty()) Item("schema public;\n");
    PrintSections(apart);
    Open(kDatabaseFile, "public");
    PrintGlobals(ObjectKind::EventTrigger);
    PrintGlobals(ObjectKind::Raw);
    PrintGlobals(ObjectKind::DefaultPrivileges);
    return Finish();
  }

 private:
  void PrintSections(const std::vector<std::string>& declared) {
    PrintSection("public", "public");
    for (const std::string& name : declared) {
      if (Clashes(name)) PrintSection(name, "public");
    }
    for (const auto& [name, objects] : by_schema_) {
      if (name == "public" || name.empty() || Clashes(name)) continue;
      if (!split_ && catalog_.Has({ObjectKind::Schema, "", name, ""})) PrintSchema(name);
      PrintSection(name, name);
    }
  }

  // Where the next items go. A file of another schema begins with its directive.
  void Open(const std::string& name, const std::string& home) {
    std::string& text = files_[split_ ? name : ""];
    const bool is_new = text.empty();
    out_ = &text;
    if (split_ && is_new && home != "public") Item("schema " + QuoteIdentifier(home) + ";\n");
  }

  void OpenFor(ObjectKind kind, const std::string& schema, const std::string& home) {
    if (!split_) return;
    const std::string subject(SubjectOf(kind));
    Open(folders_.size() > 1 ? folders_.at(schema) + "/" + subject : subject, home);
  }

  // One folder for each schema that something stands in.
  void ChooseFolders() {
    std::set<std::string> taken;
    for (const auto& [schema, objects] : by_schema_) {
      if (schema.empty()) continue;
      const std::string wanted = FolderName(schema);
      std::string name = wanted;
      for (int number = 2; !taken.insert(name).second; ++number) name = wanted + "-" + std::to_string(number);
      folders_.emplace(schema, name);
    }
  }

  std::vector<ModelFile> Finish() {
    std::vector<ModelFile> files;
    for (auto& [name, text] : files_) {
      if (!text.empty()) files.push_back({name + ".schema", std::move(text)});
    }
    if (files.empty()) files.push_back({std::string(kDatabaseFile) + ".schema", "-- an empty model\n"});
    return files;
  }

  void Sort() {
    for (const auto& [address, object] : catalog_.objects()) {
      if (address.kind == ObjectKind::Schema) continue;
      by_schema_[SchemaOf(object)].push_back(&object);
      if (address.kind == ObjectKind::SeedRow) continue;  // Stands behind all tables: PrintSeeds().
      if (!schema::IsTablePart(address.kind)) {
        own_names_[address.schema].insert(address.name);
      } else {
        if (address.kind == ObjectKind::Index) own_names_[address.schema].insert(address.member);
        parts_[address.qualified()].objects.push_back(&object);
      }
    }
    ChooseFolders();
  }

  // Bare names mean the schema in force first, so a name that public has too cannot stand bare for either.
  bool Clashes(const std::string& schema) {
    const std::set<std::string>& names = own_names_[schema];
    for (const std::string& name : own_names_["public"]) {
      if (names.contains(name)) return true;
    }
    return false;
  }

  void Item(const std::string& text) {
    const std::size_t begin = text.find_first_not_of('\n');
    if (begin == std::string::npos) return;
    if (!out_->empty()) *out_ += '\n';
    *out_ += text.substr(begin);
  }

  ModelContext Context(const std::string& home) const { return {catalog_, names_, {true, home}}; }

  void Print(const schema::Object& object, const std::string& home) {
    const auto* sequence = std::get_if<schema::Sequence>(&object);
    std::string after;
    std::string text;
    if (sequence != nullptr && names_.MadeBySerial(*sequence)) {
      after += PlainCommentStatement(schema::AddressOf(object), object, sequence->comment);
      after += GrantLines(schema::AddressOf(object), object, {}, sequence->privileges);
    } else {
      const ObjectAddress address = schema::AddressOf(object);
      const auto parts = parts_.find(address.qualified());
      const bool relation = address.kind == ObjectKind::Table || address.kind == ObjectKind::View;
      text = SpellItem(object, relation && parts != parts_.end() ? parts->second : TableParts(),
                       Context(home), after);
    }
    Item(text + after);
  }

  void PrintSchema(const std::string& name) {
    const schema::Object* object = catalog_.Find({ObjectKind::Schema, "", name, ""});
    if (object == nullptr) return;
    Print(*object, "public");
  }

  // public is there without being declared; what the model says of it is how it differs from a new
  // database's.
  void PrintPublic(const schema::Object& object) {
    static const schema::Catalog kEmpty = schema::Catalog::Empty();
    const ObjectAddress address = schema::AddressOf(object);
    const schema::Object* initial = kEmpty.Find(address);
    if (initial == nullptr) return;
    const schema::ObjectBase& now = schema::BaseOf(object);
    const schema::ObjectBase& then = schema::BaseOf(*initial);
    std::string text;
    if (std::get<schema::Schema>(object).is_template) text += "schema public template;\n";
    if (now.comment != then.comment) {
      for (const std::string& statement : postgres::SpellComment({address, object, now.comment}))
        text += AsItem(statement) + ";\n";
    }
    text += GrantLines(address, object, then.privileges, now.privileges);
    Item(text);
  }

  void PrintSection(const std::string& schema, const std::string& home) {
    const auto section = by_schema_.find(schema);
    if (section == by_schema_.end()) return;
    for (const ObjectKind kind : kOrder) {
      for (const schema::Object* object : section->second) {
        if (schema::AddressOf(*object).kind != kind) continue;
        OpenFor(kind, schema, home);
        Print(*object, home);
      }
    }
    PrintSeeds(section->second, schema, home);
  }

  void PrintSeeds(const std::vector<const schema::Object*>& objects, const std::string& schema,
                  const std::string& home) {
    std::map<std::pair<schema::QualifiedName, std::vector<std::string>>, std::vector<const schema::SeedRow*>>
        seeds;
    for (const schema::Object* object : objects) {
      if (const auto* row = std::get_if<schema::SeedRow>(object))
        seeds[{row->table, row->key_columns}].push_back(row);
    }
    if (!seeds.empty()) OpenFor(ObjectKind::SeedRow, schema, home);
    for (const auto& [key, rows] : seeds) Item(SpellSeed(rows, Context(home)));
  }

  void PrintGlobals(ObjectKind kind) {
    std::string text;
    for (const auto& [address, object] : catalog_.objects()) {
      if (address.kind != kind) continue;
      if (kind == ObjectKind::Extension) {
        std::string after;
        text += SpellItem(object, {}, Context("public"), after) + after;  // Extensions stand together.
      } else {
        Print(object, "public");
      }
    }
    Item(text);
  }

  const schema::Catalog& catalog_;
  DefaultNames names_;
  bool split_;
  std::map<std::string, std::vector<const schema::Object*>> by_schema_;
  std::map<std::string, std::set<std::string>> own_names_;
  std::map<schema::QualifiedName, TableParts> parts_;
  std::map<std::string, std::string> folders_;  // By schema.
  std::map<std::string, std::string> files_;    // By name without suffix; "" for all in one.
  std::string* out_ = nullptr;
};

}  // namespace

std::string PrintModel(const schema::Catalog& catalog) {
  return std::move(Printer(catalog, false).Run().front().text);
}

std::vector<ModelFile> PrintModelFiles(const schema::Catalog& catalog) {
  return Printer(catalog, true).Run();
}

}  // namespace schemac::emitters
